import { expect, test } from 'vitest'
import { leftoversOf } from '@/lib/domain/outcome/leftovers'
import { diffMigration } from '@/lib/domain/progress/diff'
import type { LandedPods, LandingFacts } from '@/lib/domain/progress/landing-facts'
import { applyChanges, emptyRun, type RunState } from '@/lib/domain/progress/state'
import { makeMigration, stamp } from '@/tests/factories/migration'

const after = (...readings: ReturnType<typeof makeMigration>[]): RunState =>
  readings.reduce((state, reading, index) => applyChanges(state, stamp(diffMigration(state, reading), state.seq, index * 1_000)), emptyRun)

const running = makeMigration({ nodes: ['moved', 'tried', 'failed'].map((name) => ({ name, status: 'IN_PROGRESS' })).concat({ name: 'waiting', status: 'TO_BE_REPLACED' }) })
const stopped = makeMigration({
  status: 'STOPPED',
  nodes: [
    { name: 'moved', status: 'REPLACED' },
    { name: 'tried', status: 'DID_NOT_REPLACE' },
    { name: 'failed', status: 'COULD_NOT_BE_REPLACED' },
    { name: 'waiting', status: 'DID_NOT_REPLACE' },
  ],
})
const found = (state: RunState, terminates: boolean | null) => Object.fromEntries(leftoversOf(state, terminates).map(({ id, nodes }) => [id, nodes.map(({ nodeName }) => nodeName)]))

test('a node that was begun and given up is told apart from one that was never tried', () => {
  expect(found(after(running, stopped), true)).toEqual({ 'half-drained': ['tried'], cordoned: ['failed'] })
})

test('moved nodes are left over only when the run was told not to terminate them', () => {
  expect(found(after(running, stopped), false)).toMatchObject({ alive: ['moved'] })
  expect(found(after(running, stopped), null)).not.toHaveProperty('alive')
})

test('one node is told in the singular, several in the plural', () => {
  expect(leftoversOf(after(running, stopped), true)[1]?.sentence).toBe('This node failed or was skipped and may still be cordoned.')
  const both = makeMigration({ status: 'STOPPED', nodes: ['moved', 'failed'].map((name) => ({ name, status: 'COULD_NOT_BE_REPLACED' })) })
  expect(leftoversOf(after(running, both), true).at(-1)?.sentence).toMatch(/^These nodes failed or were skipped/)
})

test('a run that is still on has left nothing yet', () => {
  expect(leftoversOf(after(running), false)).toEqual([])
})

const look = (given: Partial<LandingFacts>): LandingFacts => ({ batch: 0, isLast: false, problem: null, newNodes: [], goneNew: [], goneOld: [], backOld: [], targets: [], pods: { state: 'not-connected' }, ...given })
const looked = (state: RunState, ...looks: LandingFacts[]): RunState => looks.reduce((now, body) => applyChanges(now, stamp([{ kind: 'landing', body }], now.seq, 9_000)), state)
const podsRead = (oldNodes: Extract<LandedPods, { state: 'read' }>['oldNodes']): LandedPods => ({
  state: 'read', onNew: 0, onOld: 0, elsewhere: 0, pending: 0, reasons: [], workloads: [], standAlone: [], goneStandAlone: [], places: [], left: 0, oldNodes,
})

test('a node that Spot lists no longer is not left over', () => {
  const state = looked(after(running, stopped), look({}), look({ isLast: true, goneOld: ['moved', 'tried'] }))
  expect(found(state, false)).toEqual({ cordoned: ['failed'] })
})

test('a moved node that is still listed at the end is alive, whatever the run was told', () => {
  expect(found(looked(after(running, stopped), look({}), look({ isLast: true })), true)).toMatchObject({ alive: ['moved'] })
})

test('with Kubernetes, what is cordoned, empty and half drained is told by what it says, and a free node is not left over', () => {
  const pods = podsRead([
    { nodeName: 'moved', isCordoned: true, pods: 0 },
    { nodeName: 'tried', isCordoned: true, pods: 4 },
    { nodeName: 'failed', isCordoned: false, pods: 3 },
    { nodeName: 'waiting', isCordoned: true, pods: 2 },
  ])
  const state = looked(after(running, stopped), look({}), look({ isLast: true, pods }))
  expect(found(state, true)).toEqual({ alive: ['moved'], 'half-drained': ['tried'], cordoned: ['waiting'] })
  const empty = looked(after(running, stopped), look({}), look({ isLast: true, pods: podsRead([{ nodeName: 'tried', isCordoned: true, pods: 0 }]) }))
  expect(found(empty, true)).toMatchObject({ empty: ['tried'] })
})

test('each kind has a command that names its nodes, safe in a shell', () => {
  const state = looked(after(running, stopped), look({}), look({ isLast: true }))
  const commands = leftoversOf(state, true).flatMap((left) => left.commands)
  expect(commands).toContain('kubectl uncordon tried')
  expect(commands).toContain('kubectl drain --ignore-daemonsets --delete-emptydir-data tried')
  expect(commands).toContain('az aks nodepool delete-machines --resource-group "$RESOURCE_GROUP" --cluster-name "$AKS_NAME" --nodepool-name npweb --machine-names moved')
})

test('nodes that were not read are told as not read', () => {
  expect(leftoversOf(after(running, stopped), true)[0]?.nodes[0]).toMatchObject({ isCordoned: null, pods: null })
})

test('a run that Spot deleted leaves the nodes that were on their way', () => {
  const deleted = after(running, makeMigration({ status: 'DELETED', nodes: [{ name: 'moved', status: 'REPLACED' }, { name: 'tried', status: 'IN_PROGRESS' }] }))
  expect(found(deleted, true)).toMatchObject({ 'half-drained': expect.arrayContaining(['tried']) })
})
