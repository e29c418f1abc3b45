import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { launchRequest } from '@/lib/contract/launch'
import { rehearsedLine, type RehearsedLine } from '@/lib/contract/rehearsed-line'
import { movedLineOf } from '@/lib/rehearsal/moved-line'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { factsWith, rehearsed } from '@/tests/factories/rehearsal'

const line: RehearsedLine = { timesMs: [0, 1000, 2000], median: [0, 1, 2], low: [0, 0.4, 2], high: [0, 2, 2] }
const long = (points: number) => Array.from({ length: points }, (_, index) => index)
const ofLength = (points: number): RehearsedLine => ({ timesMs: long(points), median: long(points), low: long(points), high: long(points) })

describe('a rehearsed line', () => {
  it('is what a rehearsal makes', () => {
    const made = movedLineOf([1, 2, 3].map((seed) => rehearsed(factsWith(), {}, seed)))
    expect(rehearsedLine.parse(made)).toEqual(made)
    expect(rehearsedLine.safeParse(ofLength(61)).success).toBe(true)
  })

  it.each([
    ['more than 61 points', ofLength(62)],
    ['a single point', ofLength(1)],
    ['arrays of different lengths', { ...line, high: [0, 2] }],
    ['a time that stands still', { ...line, timesMs: [0, 1000, 1000] }],
    ['a time that goes back', { ...line, timesMs: [0, 2000, 1000] }],
    ['a time before the launch', { ...line, timesMs: [-1, 1000, 2000] }],
    ['a time beyond a week', { ...line, timesMs: [0, 1000, 8 * 86_400_000] }],
    ['moved nodes that move back', { ...line, median: [0, 2, 1] }],
    ['a median outside its band', { ...line, median: [0, 0, 2] }],
    ['more nodes than a launch may name', { ...line, high: [0, 2, 20_001] }],
    ['what is no number', { ...line, median: [0, null, 2] }],
    ['a line without a band', { timesMs: line.timesMs, median: line.median }],
  ])('is refused with %s', (_, value) => {
    expect(rehearsedLine.safeParse(value).success).toBe(false)
  })
})

describe('a launch with a rehearsed line', () => {
  const launch = {
    launchKey: randomUUID(),
    nodeNames: ['node-a'],
    options: defaultMigrationOptions,
    comment: '',
    planHash: '0'.repeat(64),
    acknowledged: [],
  }
  /** What does not concern the line is refused elsewhere: here only what became of the line counts. */
  const lineOf = (rehearsed: unknown) => launchRequest.shape.rehearsed.parse(rehearsed)

  it('keeps a valid one and leaves any other out', () => {
    expect(lineOf(line)).toEqual(line)
    for (const other of [undefined, null, 'line', { ...line, timesMs: [2, 1, 0] }]) expect(lineOf(other)).toBeUndefined()
  })

  it('is refused for other reasons only', () => {
    const refused = (change: object) => launchRequest.safeParse({ ...launch, ...change }).error?.issues.map(({ path }) => path[0])
    expect(refused({ rehearsed: 'line' })).toEqual(refused({}))
  })
})
