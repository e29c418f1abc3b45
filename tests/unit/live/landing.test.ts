import { expect, test } from 'vitest'
import { diffMigration } from '@/lib/domain/progress/diff'
import { applyChanges, emptyRun } from '@/lib/domain/progress/state'
import { createLandingCheck } from '@/lib/live/landing'
import { node, type SpotNode } from '@/lib/spot/schemas/node'
import { makeMigration, stamp } from '@/tests/factories/migration'

const whole = ['a', 'b', 'other'].map((nodeName) => node.parse({ nodeName, nodePoolName: 'npweb', createdAt: '2025-01-01T00:00:00Z' }))
const running = makeMigration({ nodes: ['a', 'b'].map((name) => ({ name, status: 'TO_BE_REPLACED' })) })
const ended = makeMigration({ status: 'STOPPED', nodes: ['a', 'b'].map((name) => ({ name, status: 'DID_NOT_REPLACE' })) })

/** The last look at a cluster of which Spot gives these lists, one after the other, after a look that found all. */
const lastLook = async (...lists: SpotNode[][]) => {
  const counted: number[] = []
  let state = applyChanges(emptyRun, stamp(diffMigration(emptyRun, running), 0, 1))
  let reads = 0
  const check = createLandingCheck({
    clusterId: 'o-1',
    respectsRestriction: false,
    recorder: { state: () => state } as never,
    spot: { listNodes: () => Promise.resolve({ data: [whole, ...lists][reads++] ?? [] }), listVngs: () => Promise.resolve({ data: [] }), pace: () => 1 } as never,
    kube: { isConnected: () => Promise.resolve(false) } as never,
    timers: { now: () => 2, elapsedMs: () => 2, after: (ms, act) => (clearTimeout as (timer: unknown) => void).bind(null, setTimeout(act, ms / 100)) },
    onNodes: (nodes) => counted.push(nodes.length),
  })
  for (const at of [running, ended]) state = applyChanges(state, stamp(await check.last(at, new AbortController().signal), state.seq, 3))
  return { look: state.landing.looks.at(-1), gone: [...state.landing.goneOld.keys()], reads, counted }
}

test('a list of nodes that is believed is read once', async () => {
  expect(await lastLook(whole.slice(1))).toMatchObject({ look: { problem: null }, gone: ['a'], reads: 2, counted: [3, 2] })
})

test('a list that has none of the nodes it should have is read once more, and the second one holds', async () => {
  expect(await lastLook([], whole.slice(1))).toMatchObject({ look: { problem: null }, gone: ['a'], reads: 3, counted: [3, 2] })
})

test.each([
  ['is empty', []],
  ['has other nodes only', whole.slice(2)],
])('a list that %s twice is told and nothing is concluded or counted from it', async (_, list) => {
  const { look, gone, reads, counted } = await lastLook(list, list)
  expect(look?.problem).toContain('Nothing is concluded from it.')
  expect({ gone, reads, counted }).toEqual({ gone: [], reads: 3, counted: [3] })
})
