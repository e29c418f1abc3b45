import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** How many faults the catalogue has that the product is held to. All of them apply. */
const casesInCatalogue = 34

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

/** The numbers of a row; a dash is a fault that the catalogue does not have. */
const casesOf = (row: string): number[] => {
  const cell = row.split('|')[1]?.trim() ?? ''
  return cell === '–' ? [] : cell.split(', ').map(Number)
}

const readIfThere = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null)
const rows = readFileSync('docs/faults.md', 'utf8').split('\n').filter((line) => line.startsWith('| ') && !/^\| (Case|---) /.test(line))

test('every fault of docs/faults.md names a test that there is', () => {
  expect(rows.flatMap((row) => missingIn(row, readIfThere))).toEqual([])
  expect(missingIn('| 1 | A | b | `t.ts`: “held”, “lost” |', () => "test('held')")).toEqual(['t.ts: lost'])
  expect([...missingIn('| 1 | A | b | `t.ts` |', () => ''), ...missingIn('| 1 | A | b | `t.ts`: “held” |', () => null)]).toHaveLength(2)
})

test('docs/faults.md has every case of the catalogue and no other', () => {
  const cases = new Set(rows.flatMap(casesOf))
  expect([...cases].sort((a, b) => a - b)).toEqual(Array.from({ length: casesInCatalogue }, (_, index) => index + 1))
  expect([casesOf('| 5, 8 | A | b | c |'), casesOf('| – | A | b | c |'), casesOf('| A | b | c |')]).toEqual([[5, 8], [], [Number.NaN]])
})
