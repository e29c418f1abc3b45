import { expect, test } from 'vitest'
import { tookText } from '@/components/run/node-rows'
import type { NodeState } from '@/lib/domain/progress/state'

const minutes = (count: number) => count * 60_000
const node = (given: Partial<NodeState>): NodeState => ({
  nodeName: 'a', poolName: 'npweb', vngId: null, vngName: null, status: 'REPLACED', runningPods: 0, podNames: [], batch: 1, podsAtFirst: 3, wasSettledAtFirst: false, wasWaitingAtFirst: true,
  startedAtMs: minutes(10), endedAtMs: minutes(18), ...given,
})

test.each([
  ['both ends seen', {}, '8 min 00 s'],
  ['the end in a gap', { endedAfterMs: minutes(15) }, '5 min 00 s to 8 min 00 s'],
  ['the beginning in a gap', { startedAfterMs: minutes(4) }, '8 min 00 s to 14 min 00 s'],
  ['both in one gap', { startedAtMs: minutes(18), startedAfterMs: minutes(4), endedAfterMs: minutes(4) }, 'at most 14 min 00 s'],
  ['between two readings', { endedAtMs: minutes(10) }, '–'],
  ['settled when it was first told', { startedAtMs: minutes(18), startedAfterMs: minutes(4), wasSettledAtFirst: true, wasWaitingAtFirst: false }, '–'],
  ['under way when it was first told', { wasWaitingAtFirst: false }, 'at least 8 min 00 s'],
  ['not settled', { endedAtMs: null }, '–'],
])('a node with %s says how long it took as surely as that is known', (_, given, text) => {
  expect(tookText(node(given))).toBe(text)
})
