import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { filesLike, root, textOf, type SourceFile } from './support/tree'

const top = 'app|components|docs|lib|public|scripts|tests|\\.ci'
const codePath = new RegExp(`\`((?:${top})/[^\`\\s]*)\``, 'g')
const linked = /\]\((?!\w+:|#)([^)#\s]+)/g

/** `lib/{a,b}/x` names two paths. */
const spread = (text: string): string[] => {
  const [all, inner] = /\{([^{}]+)\}/.exec(text) ?? []
  return all === undefined || inner === undefined ? [text] : inner.split(',').flatMap((part) => spread(text.replace(all, part.trim())))
}

const isPattern = (text: string) => /[*<>…]|\[.*\]/.test(text)

const cited = ({ path: file, text }: SourceFile): string[] => [
  ...[...text.matchAll(codePath)].map(([, found = '']) => found),
  ...[...text.matchAll(linked)].map(([, found = '']) => path.join(path.dirname(file), found)),
]

const missing = (files: SourceFile[]): string[] =>
  files.flatMap((file) => cited(file).flatMap(spread).filter((found) => !isPattern(found) && !existsSync(path.join(root, found))).map((found) => `${file.path} cites ${found}`))

const documents = () => filesLike(/^(README\.md|docs\/.*\.md)$/)

test('paths that the documents cite exist', () => {
  expect(missing(documents())).toEqual([])
  expect(missing([{ path: 'docs/x.md', text: 'See `lib/{format,absent}/` and [the plan](plan.md).' }])).toEqual(['docs/x.md cites lib/absent/', 'docs/x.md cites docs/plan.md'])
})

const scripts = Object.keys((JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts)

const unknownCommands = (files: SourceFile[]): string[] => files.flatMap(({ path: file, text }) => [...text.matchAll(/npm run ([\w:-]+)/g)].flatMap(([, name = '']) => (scripts.includes(name) ? [] : [`${file} cites npm run ${name}`])))

test('commands that the documents cite exist, and so do the scripts behind them', () => {
  expect(unknownCommands(documents())).toEqual([])
  expect(unknownCommands([{ path: 'README.md', text: 'npm run absent' }])).toHaveLength(1)
  const named = [...textOf('package.json').matchAll(/node (scripts\/[\w-]+\.mjs)/g)].map(([, script = '']) => script)
  expect(named.filter((script) => !existsSync(path.join(root, script)))).toEqual([])
})
