import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** `path`: “title”, “title” */
const named = /`([^`]+)`: (“[^”]+”(?:, “[^”]+”)*)/g

/** What a row of docs/faults.md names and the tests do not have. */
const missingIn = (row: string, read: (path: string) => string | null): string[] => {
  const places = [...row.matchAll(named)].map(([, path = '', titles = '']) => ({ path, titles: [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title) }))
  if (places.length === 0) return [`no test: ${row}`]
  return places.flatMap(({ path, titles }) => {
    const text = read(path)
    return text === null ? [`no file: ${path}`] : titles.filter((title) => !text.includes(title)).map((title) => `${path}: ${title}`)
  })
}

const readIfThere = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null)

test('every fault of docs/faults.md names a test that there is', () => {
  const rows = readFileSync('docs/faults.md', 'utf8').split('\n').filter((line) => line.startsWith('| ')).slice(2)
  expect(rows.length).toBeGreaterThan(25)
  expect(rows.flatMap((row) => missingIn(row, readIfThere))).toEqual([])
  expect(missingIn('| A | b | `t.ts`: “held”, “lost” |', () => "test('held')")).toEqual(['t.ts: lost'])
  expect([...missingIn('| A | b | `t.ts` |', () => ''), ...missingIn('| A | b | `t.ts`: “held” |', () => null)]).toHaveLength(2)
})
