import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { fromRoot } from './project.mjs'

const filesBelow = (target) => {
  if (!existsSync(target)) return []
  if (statSync(target).isFile()) return [target]
  return readdirSync(target, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => filesBelow(path.join(target, name)))
}

/** One hash over files and folders of the checkout and some words. */
export const fingerprint = (targets, words = []) => {
  const hash = createHash('sha256').update(words.join('\n'))
  for (const target of targets)
    for (const file of filesBelow(fromRoot(target))) hash.update(path.relative(fromRoot(), file)).update(readFileSync(file))
  return hash.digest('hex')
}

export const readStamp = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null)

export const writeStamp = (file, text) => {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}
