import { describe, expect, it } from 'vitest'
import { capacityGroups, capacityTotal, groupWords } from '@/components/run/capacity-shape'
import { chartShape, openGap, timeTicks } from '@/components/run/chart-shape'
import { connectionOf } from '@/components/run/connection'
import { factsOf, figuresOf } from '@/components/run/facts'
import { laneShape, lanesSummary } from '@/components/run/lane-shape'
import { batchText, changedNodes, filterRunNodes, needsPerson, runNodes, unnamedPods } from '@/components/run/node-rows'
import { runDocumentOf } from '@/components/run/export/run-document'
import { restOf, usualChoice } from '@/lib/domain/plan/rest'
import { stopEffects } from '@/components/run/stop-effects'
import { whyNotStoppable } from '@/components/run/why-not-stoppable'
import { diffMigration } from '@/lib/domain/progress/diff'
import { emptyRun, foldRun, noCounts } from '@/lib/domain/progress/state'
import type { NewRunChange, RunChange, RunFacts } from '@/lib/domain/progress/change'
import { clockTimeSeconds } from '@/lib/format/time'
import type { Migration } from '@/lib/spot/schemas/migration'
import { makeMigration, stamp } from '../../../factories/migration'

const minute = 60_000

const recorded = (...readings: [number, Migration][]): RunChange[] =>
  readings.reduce<RunChange[]>((changes, [atMs, migration]) => [...changes, ...stamp(diffMigration(foldRun(changes), migration), changes.length, atMs)], [])

const changes = recorded(
  [0, makeMigration({ batch: 1, batches: 3, nodes: [{ name: 'a', status: 'TO_BE_REPLACED' }, { name: 'b', status: 'TO_BE_REPLACED' }, { name: 'c', status: 'TO_BE_REPLACED' }] })],
  [0, makeMigration({ batch: 1, batches: 3, nodes: [{ name: 'a', status: 'IN_PROGRESS' }, { name: 'b', status: 'TO_BE_REPLACED' }, { name: 'c', status: 'TO_BE_REPLACED' }] })],
  [4 * minute, makeMigration({ batch: 2, batches: 3, nodes: [{ name: 'a', status: 'REPLACED', pods: 0 }, { name: 'b', status: 'IN_PROGRESS' }, { name: 'c', status: 'TO_BE_REPLACED' }] })],
  [6 * minute, makeMigration({ batch: 2, batches: 3, nodes: [{ name: 'a', status: 'REPLACED', pods: 0 }, { name: 'b', status: 'NOT_REPLACED_DUE_TO_PDB' }, { name: 'c', status: 'TO_BE_REPLACED' }] })],
)
const state = foldRun(changes)
const run = { migrationId: 'scr-0000abcd', clusterId: 'o-1', status: 'IN_PROGRESS', comment: '', startedBy: null, source: 'slipway' as const, startedAtMs: 0, endedAtMs: null, currentBatch: 1, numOfBatches: 3 }
const options = { batchSizePercentage: 34, batchMinHealthyPercentage: null, respectPdb: true, respectRestrictScaleDown: null, shouldTerminateNodes: null, shouldEvictStandalonePods: null }

describe('the facts of a run', () => {
  it('takes the status from the newest reading and not from the head', () => {
    const ended = foldRun(recorded([0, makeMigration({ status: 'STOPPED', nodes: [{ name: 'a', status: 'REPLACED' }] })]))
    expect(figuresOf(run, ended)).toMatchObject({ status: 'STOPPED', isOver: true })
  })

  it('tells no end of a run that Spot no longer knows, only until when it was seen', () => {
    const gone = (untilMs: number, ...before: NewRunChange[]) =>
      foldRun([...changes, ...stamp([...before, { kind: 'run', body: { ...state.facts, status: 'DELETED' } as RunFacts }], changes.length, untilMs)])
    const head = { ...run, status: 'DELETED', endedAtMs: 99 * minute }
    const seenFor = (over: typeof state) => factsOf(figuresOf(head, over), over, options, { nowMs: 99 * minute })[0]
    expect(figuresOf(head, gone(8 * minute))).toMatchObject({ isOver: true, endedAtMs: null })
    expect(seenFor(gone(8 * minute))).toEqual({ label: 'Seen for', value: '8 min 00 s' })
    expect(seenFor(gone(220 * minute, { kind: 'gap', body: { fromMs: 7 * minute, reason: 'Nobody watched.' } }))?.value, 'not for the gap before').toBe('7 min 00 s')
  })

  it('says where a number comes from, and that Spot did not say one', () => {
    const facts = factsOf(figuresOf(run, state), state, options, { nowMs: 6 * minute })
    expect(facts.find(({ label }) => label === 'Left')?.note).toContain('ended')
    expect(facts.find(({ label }) => label === 'Healthy')?.value).toBe('not said')
    expect(facts.find(({ label }) => label === 'Batch')?.value).toBe('2 of 3')
  })

  it('says that the time left is not known once a batch takes longer than any before', () => {
    const started = recorded([0, makeMigration({ batches: 1, nodes: [{ name: 'a', status: 'TO_BE_REPLACED' }] })], [minute, makeMigration({ batches: 1, nodes: [{ name: 'a', status: 'IN_PROGRESS' }] })])
    const left = (of: RunChange[], atMs: number) => factsOf(figuresOf(run, foldRun(of)), foldRun(of), options, { nowMs: atMs }).find(({ label }) => label === 'Left')
    expect(left(started, 20 * minute)).toEqual({ label: 'Left', value: 'not known: batch 1 has taken longer than expected' })
    const third = makeMigration({ batch: 3, batches: 3, nodes: [{ name: 'a', status: 'REPLACED', pods: 0 }, { name: 'b', status: 'NOT_REPLACED_DUE_TO_PDB' }, { name: 'c', status: 'IN_PROGRESS' }] })
    expect(left([...changes, ...stamp(diffMigration(state, third), changes.length, 7 * minute)], 20 * minute)?.value).toBe('not known: batch 3 has taken longer than any before')
  })

  it('claims nothing of the time left, nor of the batch that was on, while Spot cannot be read', () => {
    const before = recorded([0, makeMigration({ batch: 1, batches: 2, nodes: [{ name: 'a', status: 'TO_BE_REPLACED' }] })], [minute, makeMigration({ batch: 1, batches: 2, nodes: [{ name: 'a', status: 'IN_PROGRESS' }] })])
    const on = foldRun(before)
    const facts = factsOf(figuresOf(run, on), on, options, { nowMs: 99 * minute, unreadSinceMs: 2 * minute })
    expect(facts.find(({ label }) => label === 'Left')).toEqual({ label: 'Left', value: 'not known', note: `not read since ${clockTimeSeconds(2 * minute)}` })
    expect(laneShape(on, 99 * minute, false, 2 * minute)[0]?.words).toBe('1 min 00 s, 1 in progress when last read')
  })

  it('calls a controller of which Spot no longer tells not known, and one that is not active so', () => {
    const heartbeats = [{ atMs: 1, state: 'reporting', status: 'ACTIVE', lastHeartbeatMs: 0 }, { atMs: 2, state: 'unknown', status: null, lastHeartbeatMs: 0 }] as const
    const shown = factsOf(figuresOf(run, state), { ...state, heartbeats }, options, { nowMs: 6 * minute }).find(({ label }) => label === 'Controller')
    expect(shown).toEqual({ label: 'Controller', value: 'not known', note: 'Spot does not tell whether it hears of it' })
    const inactive = factsOf(figuresOf(run, state), { ...state, heartbeats: [{ atMs: 1, state: 'inactive', status: 'DEGRADED', lastHeartbeatMs: 0 }] }, options, { nowMs: 6 * minute })
    expect(inactive).toContainEqual({ label: 'Controller', value: 'not active', isAlarming: true, note: 'Spot says DEGRADED' })
  })
})

describe('the charts of a run', () => {
  it('draws a run that goes on up to now and an ended one to its last change', () => {
    expect(chartShape(changes, [], 10 * minute)?.untilMs).toBe(10 * minute)
    expect(chartShape(changes, [], null)?.untilMs).toBe(6 * minute)
    expect(chartShape([], [], 10 * minute)).toBeNull()
  })

  it('shows a gap that goes on, as the record will have it', () => {
    const problem = { code: 'upstream_error', detail: 'Spot answered with an error.' }
    const read = { state: 'waiting' as const, lastPolledAtMs: 5 * minute, nextPollAtMs: null, problem }
    expect(openGap(read, 10 * minute)).toEqual([{ fromMs: 5 * minute, untilMs: 10 * minute }])
    expect(openGap(read, 5 * minute + 5_000)).toEqual([])
    expect(openGap({ ...read, state: 'live', problem: null }, 10 * minute), 'a slow pace is no gap').toEqual([])
    expect(openGap(null, 10 * minute)).toEqual([])
  })

  it('never adds outcomes into one figure', () => {
    const last = chartShape(changes, [], null)?.points.at(-1)
    expect(last).toMatchObject({ moved: 1, skipped: 1, failed: 0, moving: 0, toGo: 1 })
  })

  it('puts few round ticks within the range, however long it is', () => {
    for (const range of [1_000, 90_000, 20 * minute, 7 * 60 * minute, 40 * 24 * 60 * minute]) {
      const ticks = timeTicks(12_345, 12_345 + range)
      expect(ticks.length).toBeLessThanOrEqual(7)
      expect(ticks.every((tick) => tick >= 12_345 && tick <= 12_345 + range)).toBe(true)
    }
  })

  it('shows batches side by side in time and names the next one', () => {
    const [one, two, three] = laneShape(state, 8 * minute, false)
    expect(one).toMatchObject({ state: 'ended', leftPercent: 0, widthPercent: 50 })
    expect(one?.words).toBe('4 min 00 s, 1 moved')
    expect(two?.leftPercent).toBe(50)
    expect(three).toMatchObject({ state: 'next', words: 'next' })
    const stopped = makeMigration({ status: 'STOPPED', batch: 2, batches: 3, nodes: [{ name: 'a', status: 'REPLACED' }, { name: 'b', status: 'REPLACED' }, { name: 'c', status: 'DID_NOT_REPLACE' }] })
    expect(laneShape(foldRun([...changes, ...stamp(diffMigration(state, stopped), changes.length, 7 * minute)]), 8 * minute, true)[2]?.words).toBe('not begun')
  })

  it('names no batch as next once a stop was asked for', () => {
    const asked = foldRun([...changes, { seq: changes.length + 1, atMs: 7 * minute, kind: 'stop', body: { askedBy: 'ops-1' } }])
    const lanes = laneShape(asked, 8 * minute, false)
    expect(lanes[2]).toMatchObject({ state: 'never', words: 'not begun' })
    expect(lanesSummary(lanes)).toBe('3 batches: 2 ended, 0 on, 0 to come, 1 not begun.')
  })

  it('gives a batch no duration of which a node was never seen to end', () => {
    const moving = recorded([0, makeMigration({ batch: 1, batches: 1, nodes: [{ name: 'a', status: 'IN_PROGRESS' }] })])
    const gone = foldRun([...moving, ...stamp([{ kind: 'run', body: { ...foldRun(moving).facts, status: 'DELETED' } as RunFacts }], moving.length, 200 * minute)])
    expect(laneShape(gone, 200 * minute, true)[0]).toMatchObject({ state: 'ended', words: '1 unknown' })
  })

  it('goes on with the next batch once one has begun that a stop was to prevent', () => {
    const asked = stamp([{ kind: 'stop', body: { askedBy: 'ops-1' } }], changes.length, 7 * minute)
    const reading = makeMigration({ batch: 3, batches: 4, nodes: [{ name: 'a', status: 'REPLACED', pods: 0 }, { name: 'b', status: 'NOT_REPLACED_DUE_TO_PDB' }, { name: 'c', status: 'IN_PROGRESS' }] })
    const before = [...changes, ...asked]
    const despite = foldRun([...before, ...stamp(diffMigration(foldRun(before), reading), before.length, 20 * minute)])
    expect(laneShape(despite, 21 * minute, false).slice(2).map(({ words }) => words)).toEqual(['1 min 00 s, 1 in progress', 'next'])
  })

  it('keeps every batch on its track, also one whose end was seen after the end that Spot names', () => {
    for (const { leftPercent, widthPercent } of laneShape(state, 5 * minute, true)) expect(leftPercent + widthPercent).toBeLessThanOrEqual(100)
  })

  it('gives a range where the end of a batch fell into a gap of the record', () => {
    const first = (status: string) => makeMigration({ batch: 1, batches: 2, nodes: [{ name: 'a', status }, { name: 'b', status: 'TO_BE_REPLACED' }] })
    const before = recorded([-1000, first('TO_BE_REPLACED')], [0, first('IN_PROGRESS')])
    const after = diffMigration(foldRun(before), makeMigration({ batch: 2, batches: 2, nodes: [{ name: 'a', status: 'REPLACED', pods: 0 }, { name: 'b', status: 'IN_PROGRESS' }] }))
    const gone = foldRun([...before, ...stamp([{ kind: 'gap', body: { fromMs: minute, reason: 'Spot did not answer.' } }, ...after], before.length, 5 * minute)])
    expect(laneShape(gone, 6 * minute, false).map(({ words }) => words)).toEqual(['1 min 00 s to 5 min 00 s, 1 moved', '1 min 00 s to 5 min 00 s, 1 in progress'])
  })

  it('gives no figure for what was not seen of a batch, and the least where it was under way', () => {
    const words = (...statuses: string[]) => laneShape(foldRun(recorded(...statuses.map((status, at): [number, Migration] => [at * minute, makeMigration({ batch: 1, batches: 1, nodes: [{ name: 'a', status }] })]))), 3 * minute, false)[0]?.words
    expect(words('REPLACED')).toBe('time not seen, 1 moved')
    expect(words('IN_PROGRESS', 'REPLACED')).toBe('at least 1 min 00 s, 1 moved')
    expect(words('IN_PROGRESS')).toBe('at least 3 min 00 s, 1 in progress')
    expect(words('TO_BE_REPLACED', 'REPLACED')).toBe('between two readings, 1 moved')
  })

  it('says of a batch that went by between two readings that it was not seen', () => {
    const met = foldRun(recorded([0, makeMigration({ batch: 3, batches: 4, nodes: [{ name: 'a', status: 'REPLACED' }, { name: 'b', status: 'IN_PROGRESS' }, { name: 'c', status: 'TO_BE_REPLACED' }] })]))
    const lanes = laneShape(met, minute, false)
    expect(lanes.map(({ state: each }) => each)).toEqual(['unseen', 'unseen', 'moving', 'next'])
    expect(lanes[0]).toMatchObject({ words: 'not seen', widthPercent: 0 })
    expect(lanesSummary(lanes)).toBe('4 batches: 0 ended, 1 on, 1 to come, 2 not seen.')
  })

  it('keeps pools that fell short apart from those that came up', () => {
    const row = { poolName: 'p', vngId: 'vng-1', vngName: 'web', newNodes: 2 }
    const [group] = capacityGroups([{ ...row, status: 'COMPLETED' }, { ...row, status: 'PARTIAL_SUCCESS' }, { ...row, status: 'FAILED', newNodes: 1 }, { ...row, status: 'SCALING' }, { ...row, status: 'NEW_WORD' }])
    expect(group).toMatchObject({ up: 2, partial: 2, failed: 1, scaling: 2, unknown: 2 })
    expect(capacityTotal(group ? [group] : [])).toBe('9 nodes asked for in 1 virtual node group')
    expect(group && groupWords(group, false)).toBe('2 up, 2 in pools that scale, 2 in pools only partly up, 1 in failed pools, 2 in an unknown state')
  })

  it('names a pool that failed without a node, and one that has none yet', () => {
    const row = { poolName: 'p', vngId: 'vng-1', vngName: 'web', newNodes: 0 }
    const wordsOf = (...statuses: string[]) => capacityGroups(statuses.map((status) => ({ ...row, status }))).map((group) => groupWords(group, true))
    expect(wordsOf('FAILED')).toEqual(['1 pool failed, no node came'])
    expect(wordsOf('SCALING', 'FAILED', 'FAILED')).toEqual(['1 pool scaling, no node yet, 2 pools failed, no node came'])
    expect(wordsOf('COMPLETED')).toEqual(['none'])
  })
})

describe('the nodes of a run', () => {
  it('leaves only what needs a person', () => {
    expect(filterRunNodes(runNodes(state), { search: '', attention: true }).map(({ nodeName }) => nodeName)).toEqual(['b'])
    expect(needsPerson({ outcome: 'unknown', isHeldByPods: false })).toBe(true)
  })

  it('finds a node by the name of a pod on it', () => {
    expect(filterRunNodes(runNodes(state), { search: 'c-pod-2', attention: false }).map(({ nodeName }) => nodeName)).toEqual(['c'])
  })

  it('lights up what changed, and nothing at the first picture', () => {
    const before = foldRun(changes.slice(0, 5))
    expect([...changedNodes(before.nodes, state.nodes)]).toEqual(['a', 'b'])
    expect(changedNodes(emptyRun.nodes, state.nodes).size).toBe(0)
  })

  it('calls the end of a node unknown everywhere that was waiting or moving when the run ended', () => {
    const cut = [...changes, ...stamp([{ kind: 'run', body: { ...state.facts, status: 'DELETED' } as RunFacts }], changes.length, 8 * minute)]
    const over = foldRun(cut)
    const node = runNodes(over).find(({ nodeName }) => nodeName === 'c')
    expect(node).toMatchObject({ outcome: 'unknown', hasNoEnd: true, why: { sentence: expect.stringContaining('how it ended is not known') as string } })
    expect(node && needsPerson(node)).toBe(true)
    const counts = { moved: 1, skipped: 1, unknown: 1, toGo: 0, moving: 0 }
    expect(figuresOf(run, over).counts).toMatchObject(counts)
    expect(chartShape(cut, [], null)?.points.at(-1)).toMatchObject({ unknown: 1, toGo: 0 })
    const file = runDocumentOf({ run, options, changes: cut, seq: cut.length, freshness: { state: 'ended', lastPolledAtMs: 0, nextPollAtMs: null, problem: null }, serverNowMs: 0 }, false)
    expect(file.outcome).toMatchObject(counts)
    expect(file.ledger.nodes).toContainEqual({ line: 'noEnd', count: 1 })
    expect(file.nodes.find(({ name }) => name === 'c')).toMatchObject({ outcome: 'unknown', status: 'TO_BE_REPLACED', wasBegun: null })
    expect(file.run).toMatchObject({ status: 'DELETED', endedAt: null })
    expect(node && batchText(node)).toBe('not known')
    const rest = restOf(runNodes(over), options).find(({ nodeNames }) => nodeNames.includes('c'))
    expect(rest).toMatchObject({ cause: 'noEnd', nodeNames: ['c'], sentence: node?.why?.sentence, outside: node?.why?.remedy, changes: [] })
    expect(rest && usualChoice(rest)).toBe('leave-out')
    const lanes = laneShape(over, 8 * minute, true)
    expect(lanes[2]).toMatchObject({ state: 'untold', words: 'not known' })
    expect(lanesSummary(lanes)).toBe('3 batches: 2 ended, 0 on, 0 to come, 1 not told by Spot.')
  })

  it('calls a node vanished everywhere once it is gone without having moved', () => {
    const look = (goneOld: string[]): NewRunChange => ({ kind: 'landing', body: { batch: 0, isLast: false, problem: null, newNodes: [], goneNew: [], goneOld, backOld: [], targets: [], pods: { state: 'not-connected' } } })
    const gone = foldRun([...changes, ...stamp([look([]), look(['b'])], changes.length, 7 * minute)])
    const node = runNodes(gone).find(({ nodeName }) => nodeName === 'b')
    expect(node).toMatchObject({ outcome: 'failed', isVanished: true, podsLeft: 0, why: { sentence: expect.stringMatching(/^Spot lists it no longer/) as string } })
    expect(restOf(runNodes(gone), options).flatMap(({ nodeNames }) => nodeNames), 'it cannot be planned again').toEqual(['c'])
    const file = runDocumentOf({ run, options, changes: [...changes, ...stamp([look([]), look(['b'])], changes.length, 7 * minute)], seq: 99, freshness: { state: 'live', lastPolledAtMs: 0, nextPollAtMs: null, problem: null }, serverNowMs: 0 }, false)
    expect(file.nodes.find(({ name }) => name === 'b')).toMatchObject({ outcome: 'vanished', status: 'NOT_REPLACED_DUE_TO_PDB', podsLeft: 0 })
  })

  it('counts pods that Spot did not name', () => {
    const [node] = runNodes(state)
    expect(unnamedPods(node ? [{ ...node, podsLeft: 4, podNames: ['x'] }] : [])).toBe(3)
  })
})

describe('stopping a run', () => {
  it('says what finishes, what is freed and what stays, in numbers', () => {
    const sentences = stopEffects({ ...noCounts(), total: 10, moved: 4, moving: 1, toGo: 5 }).map(({ sentence }) => sentence)
    expect(sentences[0]).toContain('1 node of the batch that is on is dealt with first')
    expect(sentences[1]).toContain('5 nodes not begun are left alone')
    expect(sentences[2]).toContain('4 nodes already moved stay moved')
  })

  it('gives the reason when there is nothing to stop', () => {
    expect(whyNotStoppable({ status: 'COMPLETED', isOver: true })).toBe('The run is over: completed.')
    expect(whyNotStoppable({ status: 'CANCELLED', isOver: true })).toBe('The run is over: Spot calls it CANCELLED.')
    expect(whyNotStoppable({ status: 'A_NEW_STATUS', isOver: false })).toBeNull()
  })
})

describe('the state of the connection', () => {
  it('says asking while that works, and since when nothing works', () => {
    expect(connectionOf({ link: 'failed', lostAtMs: 5 }, false, 9)).toEqual({ kind: 'polling' })
    expect(connectionOf({ link: 'failed', lostAtMs: 5 }, true, 9)).toEqual({ kind: 'reconnecting', sinceMs: 5 })
    expect(connectionOf({ link: 'idle', lostAtMs: null }, false, 9)).toEqual({ kind: 'catching-up' })
  })
})
