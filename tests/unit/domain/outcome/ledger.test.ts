import { expect, test } from 'vitest'
import { ledgerOf } from '@/lib/domain/outcome/ledger'
import type { NewRunChange, RunChange } from '@/lib/domain/progress/change'
import type { LandedNode, LandedPods, LandingFacts } from '@/lib/domain/progress/landing-facts'
import { diffMigration } from '@/lib/domain/progress/diff'
import { applyChanges, countsOf, emptyRun, foldRun, type RunState } from '@/lib/domain/progress/state'
import { makeMigration, stamp } from '@/tests/factories/migration'

const record = (state: RunState, changes: NewRunChange[]): RunState => applyChanges(state, stamp(changes, state.seq, state.seq * 1_000))
const look = (given: Partial<LandingFacts>): NewRunChange => ({
  kind: 'landing',
  body: { batch: 1, isLast: false, problem: null, newNodes: [], goneNew: [], goneOld: [], backOld: [], targets: [], pods: { state: 'not-connected' }, ...given },
})
const node = (nodeName: string, given: Partial<LandedNode> = {}): LandedNode => ({
  nodeName, poolName: 'omnp1', vngId: 'vng-1', vngName: 'web', lifecycle: 'Spot', zone: '1', vmSize: 'Standard_D4s_v5', milliCpu: 4_000, isNamed: true, ...given,
})
const podsRead = (given: Partial<Extract<LandedPods, { state: 'read' }>>): LandedPods => ({
  state: 'read', onNew: 0, onOld: 0, elsewhere: 0, pending: 0, reasons: [], workloads: [], standAlone: [], goneStandAlone: [], places: [], left: 0, oldNodes: [], ...given,
})

const statuses = [
  ['a', 'REPLACED', 'moved'],
  ['b', 'NOT_REPLACED_DUE_TO_PDB', 'skippedByBudget'],
  ['c', 'NOT_REPLACED_DUE_TO_RSD', 'skippedByHold'],
  ['d', 'COULD_NOT_BE_REPLACED', 'failed'],
  ['e', 'DID_NOT_REPLACE', 'untouched'],
  ['f', 'SOMETHING_NEW', 'unknown'],
  ['g', 'IN_PROGRESS', 'moving'],
  ['h', 'TO_BE_REPLACED', 'toGo'],
] as const
const waiting = makeMigration({ nodes: statuses.map(([name]) => ({ name, status: 'TO_BE_REPLACED' })) })
const moved = makeMigration({ nodes: statuses.map(([name, status]) => ({ name, status, pods: name === 'a' ? 0 : 3 })) })
const begun = record(record(emptyRun, diffMigration(emptyRun, waiting)), [look({ batch: 0 })])
const run = record(begun, diffMigration(begun, moved))
const lines = (state: RunState) => Object.fromEntries(ledgerOf(state).nodes.map(({ id, nodes }) => [id, nodes.map(({ nodeName }) => nodeName)]))

test('each node stands in one line, by what became of it', () => {
  expect(lines(run)).toEqual(Object.fromEntries(statuses.map(([name, , line]) => [line, [name]])))
})

test.each(statuses)('node %s (%s) that Spot lists no longer has vanished only when it is settled and did not move', (name, _, line) => {
  const gone = lines(record(run, [look({ goneOld: [name] })]))
  const canVanish = ['skippedByBudget', 'skippedByHold', 'failed', 'untouched'].includes(line)
  expect(gone[canVanish ? 'vanished' : line]).toEqual([name])
})

test('a node that the first look did not find is not called vanished, and one that is back is not either', () => {
  const first = record(emptyRun, [...diffMigration(emptyRun, moved), look({ goneOld: ['d'] })])
  expect(lines(first)).toMatchObject({ failed: ['d'] })
  expect(lines(record(run, [look({ goneOld: ['d'] }), look({ backOld: ['d'] })]))).toMatchObject({ failed: ['d'] })
})

test('once the run is over no node is moving or to go: those have an unknown end, told and counted apart, and one that was never begun can have vanished', () => {
  const over = record(run, diffMigration(run, makeMigration({ status: 'FAILED', nodes: statuses.map(([name, status]) => ({ name, status })) })))
  expect(lines(over)).toMatchObject({ noEnd: ['g', 'h'], unknown: ['f'] })
  expect(lines(over)).not.toHaveProperty('moving')
  expect(countsOf(over)).toMatchObject({ moving: 0, toGo: 0, unknown: 3, total: 8 })
  expect(lines(record(over, [look({ isLast: true, goneOld: ['g', 'h'] })]))).toMatchObject({ noEnd: ['g'], vanished: ['h'] })
})

test('a look that failed says nothing of nodes', () => {
  const state = record(emptyRun, [...diffMigration(emptyRun, moved), look({ problem: 'Spot did not answer.' })])
  expect(ledgerOf(state).capacity).toBeNull()
  expect(lines(record(state, [look({ goneOld: ['d'] })]))).toMatchObject({ failed: ['d'] })
})

test('pods that left are those of moved nodes, by the numbers at first and at last', () => {
  expect(ledgerOf(run).pods.left).toBe(3)
  expect(ledgerOf(record(emptyRun, diffMigration(emptyRun, moved))).pods.left, 'moved before anybody looked').toBeNull()
})

test('what only Kubernetes knows is unknown without it, with the reason', () => {
  expect(ledgerOf(run).pods).toMatchObject({ lostOnPurpose: { state: 'unknown', why: 'Kubernetes was not connected at the last look' }, pending: { state: 'unknown' } })
  const failed = record(run, [look({ pods: { state: 'failed', sentence: 'It refused.' } })])
  expect(ledgerOf(failed).pods.pending).toEqual({ state: 'unknown', why: 'Kubernetes could not be read at the last look: It refused' })
})

const alone = podsRead({ standAlone: [{ pod: 'x/a', nodeName: 'a' }, { pod: 'x/h', nodeName: 'h' }, { pod: 'x/d', nodeName: 'd' }] })
const withoutTwo = podsRead({ goneStandAlone: ['x/a', 'x/h'], pending: 2, reasons: [{ reason: 'Insufficient cpu', pods: 2 }] })
const waitingSeen = record(record(emptyRun, diffMigration(emptyRun, waiting)), [look({ batch: 0, pods: alone })])
const movedSeen = record(waitingSeen, diffMigration(waitingSeen, moved))

test('stand-alone pods are lost on purpose where their node was begun and they are gone', () => {
  const gone = record(movedSeen, [look({ pods: withoutTwo })])
  expect(ledgerOf(gone).pods).toMatchObject({ lostOnPurpose: { state: 'known', pods: ['x/a'] }, pending: { state: 'known', pods: 2, reasons: [{ reason: 'Insufficient cpu', pods: 2 }] } })
  expect(ledgerOf(record(run, [look({ batch: 1, pods: alone })])).pods.lostOnPurpose, 'what was lost before has left no trace').toMatchObject({ state: 'unknown' })
})

test('pods of a run that Kubernetes does not answer for at the end are unknown, with what an earlier look had found', () => {
  const failed = record(record(movedSeen, [look({ pods: withoutTwo })]), [look({ isLast: true, pods: { state: 'failed', sentence: 'It refused.' } })])
  const why = 'Kubernetes could not be read at the last look: It refused'
  expect(ledgerOf(failed).pods).toMatchObject({ lostOnPurpose: { state: 'unknown', why: `${why}; of those that were read 1 are gone` }, pending: { state: 'unknown', why } })
})

test.each([
  ['had begun when it was met', [{ name: 'a', status: 'IN_PROGRESS', pods: 3 }], [], 'unknown'],
  ['lost pods before they were read', [{ name: 'a', status: 'TO_BE_REPLACED', pods: 3 }], [{ name: 'a', status: 'IN_PROGRESS', pods: 2 }], 'unknown'],
  ['had begun and lost nothing by Spot’s count', [{ name: 'a', status: 'TO_BE_REPLACED', pods: 3 }], [{ name: 'a', status: 'IN_PROGRESS', pods: 3 }], 'known'],
] as const)('what was lost of a node that %s before the first look is told so', (_, first, then, state) => {
  const met = record(emptyRun, diffMigration(emptyRun, makeMigration({ nodes: [...first] })))
  const begun = then.length === 0 ? met : record(met, diffMigration(met, makeMigration({ nodes: [...then] })))
  expect(ledgerOf(record(begun, [look({ batch: 0, pods: podsRead({}) })])).pods.lostOnPurpose.state).toBe(state)
})

test('new capacity is told by kind and group, against what the group asks for', () => {
  const newNodes = [node('n1'), node('n2', { lifecycle: 'OnDemand', milliCpu: 12_000 }), node('n3', { lifecycle: null, vngId: 'vng-2', vngName: null }), node('n4', { isNamed: false })]
  const state = record(run, [look({ newNodes }), look({ isLast: true, goneNew: ['n1'], targets: [{ vngId: 'vng-1', spotPercentage: 80 }] })])
  expect(ledgerOf(state).capacity).toMatchObject({
    nodes: 3, spot: 1, onDemand: 1, unsaid: 1, gone: 1, spotShare: 0.5, spotCpuShare: 0.25, others: 1,
    groups: [{ vngId: 'vng-1', nodes: 2, target: 80, zones: ['1'] }, { vngId: 'vng-2', nodes: 1, target: null, spotShare: null }],
  })
})

test('the ledger of a record read whole is that of one read in parts', () => {
  const changes: RunChange[] = stamp([...diffMigration(emptyRun, moved), look({ newNodes: [node('n1')] }), look({ goneOld: ['d'], goneNew: ['n1'] })], 0, 1_000)
  const parts = changes.reduce((state, change) => applyChanges(state, [change]), emptyRun)
  expect(ledgerOf(parts)).toEqual(ledgerOf(foldRun(changes)))
})

test('records from before the looks read as ones in which nobody looked', () => {
  expect(ledgerOf(foldRun(stamp(diffMigration(emptyRun, moved), 0, 1)))).toMatchObject({ capacity: null, pods: { pending: { why: 'the cluster was not looked at' } } })
})

const restricted = (...names: string[]) => look({ batch: 0, pods: podsRead({ restricted: names }) })
const nodesAs = (status: string, nodes: Record<string, string>) => makeMigration({ status, nodes: Object.entries(nodes).map(([name, at]) => ({ name, status: at })) })
const courseOf = (...steps: (NewRunChange | ReturnType<typeof nodesAs>)[]) => steps.reduce<RunState>((state, step) => record(state, 'kind' in step ? [step] : diffMigration(state, step)), emptyRun)
const open = nodesAs('IN_PROGRESS', { a: 'TO_BE_REPLACED', b: 'TO_BE_REPLACED' })
const left = { a: 'DID_NOT_REPLACE', b: 'DID_NOT_REPLACE' }
const last = look({ isLast: true, pods: podsRead({}) })

test('a node that Spot only calls not replaced is told as held by pods where Kubernetes showed them, and by no other', () => {
  expect(lines(courseOf(open, restricted('a'), nodesAs('COMPLETED', left), last))).toEqual({ heldByPods: ['a'], untouched: ['b'] })
  expect(lines(courseOf(open, look({ batch: 0 }), nodesAs('COMPLETED', left), look({ isLast: true })))).toEqual({ untouched: ['a', 'b'] })
  expect(lines(courseOf(open, restricted('a', 'b'), nodesAs('COMPLETED', { a: 'COULD_NOT_BE_REPLACED', b: 'NOT_REPLACED_DUE_TO_PDB' }), last)), 'what Spot says comes first').toEqual({ failed: ['a'], skippedByBudget: ['b'] })
})

test.each(['STOPPED', 'FAILED', 'SOMETHING_NEW'])('a run that ends as %s leaves nodes for its own reason: only those settled before are held by pods', (status) => {
  const before = nodesAs('IN_PROGRESS', { ...left, b: 'TO_BE_REPLACED' })
  expect(lines(courseOf(open, restricted('a', 'b'), before, nodesAs(status, left), last))).toEqual({ heldByPods: ['a'], untouched: ['b'] })
})

test('after a stop was asked for, a node that is left is not told as held by pods', () => {
  const stop: NewRunChange = { kind: 'stop', body: { askedBy: 'Mara' } }
  expect(lines(courseOf(open, restricted('a', 'b'), stop, nodesAs('IN_PROGRESS', left)))).toEqual({ untouched: ['a', 'b'] })
})
