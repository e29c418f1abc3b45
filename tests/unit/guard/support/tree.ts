import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../../../..')

/** A file of the checkout as the guards read it; planted breaches are made of the same. */
export type SourceFile = { path: string; text: string }

const isText = (file: string) => !/\.(png|jpe?g|woff2?|ico|gz)$/.test(file)

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 32 * 1024 * 1024 })

/** Tracked files, and those not yet tracked that git would take. */
export const paths: string[] = [...new Set(listed.split('\n'))].filter((file) => file !== '' && existsSync(path.join(root, file)))

const texts = new Map<string, string>()

export const textOf = (file: string): string => {
  const known = texts.get(file) ?? readFileSync(path.join(root, file), 'utf8')
  texts.set(file, known)
  return known
}

/** The text files whose path fits. */
export const filesLike = (pattern: RegExp): SourceFile[] => paths.filter((file) => isText(file) && pattern.test(file)).map((file) => ({ path: file, text: textOf(file) }))

/** What the product is made of. */
export const product = (): SourceFile[] => filesLike(/^(app|components|lib)\/.*\.tsx?$|^(proxy|instrumentation(-node)?)\.ts$/)

/** Every line that fits, as `path:line text`. */
export const linesLike = (files: SourceFile[], pattern: RegExp): string[] =>
  files.flatMap(({ path: file, text }) => text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])))

export const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
