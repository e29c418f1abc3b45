import { expect, test } from 'vitest'
import { diffMigration } from '@/lib/domain/progress/diff'
import type { NewRunChange } from '@/lib/domain/progress/change'
import { applyChanges, emptyRun } from '@/lib/domain/progress/state'
import { createLandingCheck } from '@/lib/live/landing'
import { node, type SpotNode } from '@/lib/spot/schemas/node'
import { makeMigration, stamp } from '@/tests/factories/migration'

const whole = ['a', 'b', 'other'].map((nodeName) => node.parse({ nodeName, nodePoolName: 'npweb', createdAt: '2025-01-01T00:00:00Z' }))
const running = makeMigration({ nodes: ['a', 'b'].map((name) => ({ name, status: 'TO_BE_REPLACED' })) })
const ended = makeMigration({ status: 'STOPPED', nodes: ['a', 'b'].map((name) => ({ name, status: 'DID_NOT_REPLACE' })) })

const signal = () => new AbortController().signal

/** A cluster of which Spot gives these lists, one after the other. */
const sceneOf = (lists: SpotNode[][]) => {
  const counted: number[] = []
  let state = applyChanges(emptyRun, stamp(diffMigration(emptyRun, running), 0, 1))
  let reads = 0
  const record = (changes: NewRunChange[]) => {
    state = applyChanges(state, stamp(changes, state.seq, 3))
  }
  const makeCheck = () => createLandingCheck({
    clusterId: 'o-1',
    respectsRestriction: false,
    recorder: { state: () => state, record } as never,
    spot: { listNodes: () => Promise.resolve({ data: lists[reads++] ?? [] }), listVngs: () => Promise.resolve({ data: [] }), pace: () => 1 } as never,
    kube: { isConnected: () => Promise.resolve(false) } as never,
    timers: { now: () => 2, elapsedMs: () => 2, after: (ms, act) => (clearTimeout as (timer: unknown) => void).bind(null, setTimeout(act, ms / 100)) },
    onNodes: (nodes) => counted.push(nodes.length),
  })
  return { makeCheck, record, state: () => state, reads: () => reads, counted }
}

/** The last look, after one that found all; `lateMs` after the end of the run. */
const lastLook = async (lists: SpotNode[][], lateMs = 0) => {
  const { makeCheck, record, state, reads, counted } = sceneOf([whole, ...lists])
  const check = makeCheck()
  record(await check.last(running, 0, signal()))
  record(await check.last(ended, lateMs, signal()))
  return { look: state().landing.looks.at(-1), gone: [...state().landing.goneOld.keys()], reads: reads(), counted }
}

test('a list of nodes that is believed is read once', async () => {
  expect(await lastLook([whole.slice(1)])).toMatchObject({ look: { problem: null }, gone: ['a'], reads: 2, counted: [3, 2] })
})

test('a list that has none of the nodes it should have is read once more, and the second one holds', async () => {
  expect(await lastLook([[], whole.slice(1)])).toMatchObject({ look: { problem: null }, gone: ['a'], reads: 3, counted: [3, 2] })
})

test.each([
  ['is empty', []],
  ['has other nodes only', whole.slice(2)],
])('a list that %s twice is told and nothing is concluded or counted from it', async (_, list) => {
  const { look, gone, reads, counted } = await lastLook([list, list])
  expect(look?.problem).toContain('Nothing is concluded from it.')
  expect({ gone, reads, counted }).toEqual({ gone: [], reads: 3, counted: [3] })
})

test.each([
  [15 * 3_600_000, 'The end of this run was read 15 h 00 min after it'],
  [Number.POSITIVE_INFINITY, 'The end of this run was read long after it'],
])('an end that is read long after it is not looked at: what is gone by then may have been moved by others', async (lateMs, words) => {
  const { look, gone, reads, counted } = await lastLook([whole.slice(1)], lateMs)
  expect(look).toMatchObject({ isLast: true, pods: { state: 'failed' } })
  expect(look?.problem).toContain(words)
  expect({ gone, reads, counted }).toEqual({ gone: [], reads: 1, counted: [3] })
})

test('where Spot took the end back, the batch that was on is looked at once it ends', async () => {
  const { makeCheck, record, state, reads } = sceneOf([whole, whole])
  record(await makeCheck().last({ ...ended, currentBatch: 2 }, 0, signal()))
  const check = makeCheck()
  check.note({ ...running, currentBatch: 2 }, signal())
  expect(reads()).toBe(1)
  check.note({ ...running, currentBatch: 3 }, signal())
  await expect.poll(() => state().landing.looks.map(({ batch, isLast }) => [batch, isLast])).toEqual([[2, true], [2, false]])
})
