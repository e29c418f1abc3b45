import { expect, test } from 'vitest'
import type { LogFacts } from '@/lib/domain/progress/change'
import { createLogBound } from '@/lib/live/log-bound'

const line = (index: number, given: Partial<LogFacts> = {}): LogFacts => ({ loggedAtMs: index, severity: 'DEBUG', message: `node aks-a-1 says ${index} ${'x'.repeat(180)}`, ...given })
const many = (count: number, from = 0, given: Partial<LogFacts> = {}) => Array.from({ length: count }, (_, index) => line(from + index, given))
const bytesOf = (lines: readonly LogFacts[]) => JSON.stringify(lines).length
const marksIn = (lines: readonly LogFacts[]) => lines.flatMap(({ message }, index) => (message.startsWith('Lines are missing from here on') ? [index] : []))

test('the lines of a cluster that says much of a node stay within a bound, the first of them, and one line says why', () => {
  const bound = createLogBound('scr-1', [])
  const kept = Array.from({ length: 40 }, (_, round) => bound(many(990, round * 990), 1)).flat()
  expect(bytesOf(kept)).toBeLessThan(100_000)
  expect(kept.slice(0, 100)).toEqual(many(100))
  expect(marksIn(kept)).toEqual([kept.length - 1])
  expect(kept.at(-1)).toMatchObject({ severity: 'WARN', loggedAtMs: kept.length - 1, message: expect.stringContaining('only warnings, errors and what names the run') })
})

test.each([
  ['a warning', { severity: 'WARN' }],
  ['an error', { severity: 'ERROR' }],
  ['what names the run', { message: 'scr-1: batch 3 of 5 started' }],
  ['the cause of a failure', { message: 'The migration has failed due to technical timeout.' }],
])('%s finds room where ordinary lines find none', (_, given) => {
  const bound = createLogBound('scr-1', [])
  bound(many(2_000), 1)
  expect(bound([line(1, given)], 1)).toEqual([line(1, given)])
})

test('what warns has a bound as well, and the first line of each cause is kept beyond it', () => {
  const bound = createLogBound('scr-1', [])
  const kept = bound(many(5_000, 0, { severity: 'ERROR' }), 1)
  expect(bytesOf(kept)).toBeLessThan(200_000)
  expect(kept.at(-1)?.message).toContain('only the first line of each cause')
  const cause = line(1, { message: 'The migration has failed due to technical timeout.' })
  expect(bound([cause, line(2, { message: cause.message })], 1)).toEqual([cause])
})

test('a large run has room for the ordinary lines of its nodes, and stays small', () => {
  const ordinary = many(2_000, 0, { message: 'Draining node aks-npapi-50181158-vmss000006: 11 pods to evict, then it is replaced.' })
  expect(createLogBound('scr-1', [])(ordinary, 1_000)).toEqual(ordinary)
  expect(bytesOf(createLogBound('scr-1', [])(many(20_000, 0, { severity: 'ERROR' }), 1_000))).toBeLessThan(1_200_000)
})

test('whoever goes on with a record goes on with its bound, and says nothing twice', () => {
  const kept = createLogBound('scr-1', [])(many(2_000), 1)
  expect(createLogBound('scr-1', kept)(many(2_000, 2_000), 1)).toEqual([])
})
