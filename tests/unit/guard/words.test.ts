import ts from 'typescript'
import { expect, test } from 'vitest'
import { filesLike, linesLike, product, type SourceFile } from './support/tree'

/** Text between tags, and literals that are sentences: a capital first and a space somewhere. */
const spoken = ({ path, text }: SourceFile): string[] => {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) found.push(node.text.trim())
    else if ((ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) && /^\p{Lu}.* /u.test(node.text)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS))
  return found
}

const loud = (files: SourceFile[]): string[] => files.flatMap((file) => spoken(file).filter((text) => /!(?!=)/.test(text)).map((text) => `${file.path}: ${text}`))

test('what people read is calm: no exclamation mark', () => {
  expect(loud(product())).toEqual([])
  expect(loud([{ path: 'components/x.tsx', text: "const a = <p>Done!</p>\nconst b = 'Well done! Go on'\nconst c = isLate !== true" }])).toHaveLength(2)
})

const emoji = /\p{Emoji_Presentation}|\uFE0F/u

// Tests may: they prove that text of any kind survives.
test('no file of the product carries an emoji', () => {
  const files = filesLike(/\.(tsx?|mjs|js|css|md|json|svg)$/).filter(({ path }) => path !== 'package-lock.json' && !path.startsWith('tests/'))
  expect(linesLike(files, emoji)).toEqual([])
  expect(linesLike([{ path: 'README.md', text: `Welcome ${String.fromCodePoint(0x1f680)}` }], emoji)).toHaveLength(1)
})

/** Put together here, so that this file does not name them. */
const hosts = [['registry', 'npmjs', 'org'], ['registry', 'yarnpkg', 'com'], ['npm', 'pkg', 'github', 'com'], ['registry', 'npmmirror', 'com'], ['files', 'pythonhosted', 'org']].map((parts) => parts.join('.'))
const namesHost = new RegExp(hosts.map((host) => host.replaceAll('.', '\\.')).join('|'))

test('no tracked file names the host of a package registry', () => {
  expect(linesLike(filesLike(/./), namesHost)).toEqual([])
  expect(linesLike([{ path: '.npmrc', text: `registry=https://${hosts[0]}/` }], namesHost)).toHaveLength(1)
})
