import { expect, it } from 'vitest'
import { rehearsedLineOf } from '@/components/wizard/rehearsed-line'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'

const line = { timesMs: [0, 1000], median: [0, 2], low: [0, 1], high: [0, 2] }
const plan = { nodeNames: ['a', 'b'], options: defaultMigrationOptions, readings: ['M1' as const] }
const rehearsal = { state: { plan }, summary: { line } }
const launched = (nodeNames: string[], change: object = {}) => ({ reviewed: { nodeNames }, preferences: { ...defaultMigrationOptions, comment: 'wave 1', ...change } })

it('the line goes with the launch of the same nodes with the same options, in whatever order and with whatever comment', () => {
  expect(rehearsedLineOf(rehearsal, launched(['b', 'a']))).toBe(line)
})

it.each([
  ['one node fewer', launched(['a'])],
  ['one node more', launched(['a', 'b', 'c'])],
  ['another node', launched(['a', 'c'])],
  ['another option', launched(['a', 'b'], { respectPdb: false })],
  ['another batch size', launched(['a', 'b'], { batchSizePercentage: 21 })],
])('it does not go with a launch of %s', (_, other) => expect(rehearsedLineOf(rehearsal, other)).toBeUndefined())

it('without a rehearsal, or before its first result, there is none', () => {
  expect(rehearsedLineOf({ state: null, summary: null }, launched(['a', 'b']))).toBeUndefined()
  expect(rehearsedLineOf({ state: { plan }, summary: null }, launched(['a', 'b']))).toBeUndefined()
})
