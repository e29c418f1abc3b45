import { expect, test } from 'vitest'
import { filesLike, lineCount, type SourceFile } from './support/tree'

const written = () => filesLike(/\.(tsx?|mjs|js|css)$/).filter(({ path }) => !path.startsWith('lib/db/migrations/'))

const longer = (files: SourceFile[], most: number): string[] => files.filter(({ text }) => lineCount(text) > most).map(({ path, text }) => `${path} has ${lineCount(text)} lines, ${most} at most`)

const file = (path: string, lines: number): SourceFile => ({ path, text: 'x\n'.repeat(lines) })

test('no file is longer than 400 lines', () => {
  expect(longer(written(), 400)).toEqual([])
  expect(longer([file('lib/x.ts', 400)], 400)).toEqual([])
  expect(longer([file('lib/x.ts', 401)], 400)).toHaveLength(1)
})

test('a page is a doorway of at most 40 lines', () => {
  const pages = filesLike(/^app\/.*\/page\.tsx$/)
  expect(pages.length).toBeGreaterThan(8)
  expect(longer(pages, 40)).toEqual([])
  expect(longer([file('app/x/page.tsx', 41)], 40)).toHaveLength(1)
})

const caught = (files: SourceFile[]): string[] => files.filter(({ text }) => /\btry\s*\{|\bcatch\s*(\(|\{)/.test(text.replace(/\.catch\(/g, ''))).map(({ path }) => path)

test('a route handler is at most 30 lines and leaves errors to its wrapper', () => {
  const handlers = filesLike(/^app\/api\/.*\/route\.ts$/)
  expect(handlers.length).toBeGreaterThan(15)
  expect(longer(handlers, 30)).toEqual([])
  expect(caught(handlers)).toEqual([])
  expect(caught([{ path: 'app/api/x/route.ts', text: 'try { act() } catch (error) { reply(error) }' }])).toEqual(['app/api/x/route.ts'])
})

test('source files are small: half have at most 80 lines, nine of ten at most 220', () => {
  const sizes = filesLike(/^(app|components|lib)\/.*\.tsx?$/).map(({ text }) => lineCount(text)).sort((a, b) => a - b)
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(80)
  expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(220)
})
