import { expect } from 'vitest'
import { ledgerOf, type LedgerId } from '@/lib/domain/outcome/ledger'
import type { RunChange } from '@/lib/domain/progress/change'
import { foldRun, type RunState } from '@/lib/domain/progress/state'
import { isFinalNode } from '@/lib/domain/run-rules'
import type { Bench } from './bench'
import { seqs, upTo } from './events'

type Truth = Awaited<ReturnType<Bench['admin']['runs']>>[string]

/** What is compared: the record as it is kept, and the twin's own list of events. `onWire`: a node's status in the words of a wire of its own. */
type Compared = { changes: readonly RunChange[]; truth: Truth; wallOf: (atMs: number) => number; onWire?: (status: string) => string; isKubeRead: boolean }
/** When the run itself was asked for, and when each look at the cluster that counts was begun. `pods`: when the last one that read pods was begun and recorded. */
type Readings = { run: number[]; nodes: number[]; pods: { fromMs: number; untilMs: number } }

// Written without the product's own table of outcomes, so that the two cannot share a mistake.
const lineOf: Record<string, LedgerId> = {
  REPLACED: 'moved',
  COULD_NOT_BE_REPLACED: 'failed',
  NOT_REPLACED_DUE_TO_PDB: 'skippedByBudget',
  NOT_REPLACED_DUE_TO_RSD: 'skippedByHold',
  DID_NOT_REPLACE: 'untouched',
}

const sorted = (names: Iterable<string>) => [...names].sort()
const linesOf = (state: RunState) => Object.fromEntries(ledgerOf(state).nodes.map(({ id, nodes }) => [id, sorted(nodes.map(({ nodeName }) => nodeName))]))

const expectNodes = (state: RunState, { truth, onWire = (status) => status }: Compared, { nodes: looks }: Readings) => {
  const expected = new Map<LedgerId, string[]>()
  for (const [nodeName, status] of Object.entries(truth.nodes)) {
    const goneAtMs = truth.goneNodes.find((gone) => gone.nodeName === nodeName)?.atMs
    // What no look has seen is never called vanished: then it keeps the line of its status.
    const hasVanished = goneAtMs !== undefined && status !== 'REPLACED' && !state.landing.neverListed.has(nodeName)
    if (state.landing.neverListed.has(nodeName)) expect(goneAtMs, `${nodeName} had gone when the cluster was first looked at`).toBeLessThan(looks[0] ?? 0)
    const line = hasVanished ? 'vanished' : (lineOf[onWire(status)] ?? 'unknown')
    expected.set(line, [...(expected.get(line) ?? []), nodeName])
  }
  expect(state.facts?.status).toBe(truth.status)
  expect(linesOf(state)).toEqual(Object.fromEntries([...expected].map(([line, names]) => [line, sorted(names)])))
  expect(Object.fromEntries([...state.nodes].map(([name, { status }]) => [name, status]))).toEqual(Object.fromEntries(Object.entries(truth.nodes).map(([name, status]) => [name, onWire(status)])))
}

/**
 * Every status that a node came to is in the record, told by the first reading that could: no other one lies between
 * what happened and what was seen. What came and went between two readings is not in it.
 */
const expectCourse = ({ changes, truth, wallOf, onWire = (status) => status }: Compared, { run: readings }: Readings) => {
  const seenAt = new Map<string, number>()
  for (const change of changes) if (change.kind === 'node') seenAt.set(`${change.body.nodeName} ${change.body.status}`, seenAt.get(`${change.body.nodeName} ${change.body.status}`) ?? wallOf(change.atMs))
  truth.course.forEach(({ nodeName, status, atMs }, index) => {
    const untilMs = truth.course.find((step, place) => place > index && step.nodeName === nodeName)?.atMs ?? Infinity
    const seenMs = seenAt.get(`${nodeName} ${onWire(status)}`)
    // A reading bears the time at which it was asked for, and is answered with what is so a moment later.
    if (seenMs === undefined) return expect(readings.filter((at) => at > atMs && at < untilMs).length, `readings that did not see ${nodeName} ${status}`).toBeLessThanOrEqual(1)
    expect(seenMs + 3, `${nodeName} is not seen before it happens`).toBeGreaterThanOrEqual(atMs)
    expect(readings.filter((at) => at > atMs && at < seenMs).length, `readings that passed over ${nodeName}`).toBeLessThanOrEqual(1)
  })
}

/** The times and the batch of a node agree with the statuses that were seen of it; of what no status tells, none is made up. */
const expectTimes = (state: RunState, { truth, onWire = (status) => status }: Compared) => {
  for (const { nodeName, startedAtMs, endedAtMs, status, batch } of state.nodes.values()) {
    const steps = truth.course.filter((step) => step.nodeName === nodeName)
    expect(endedAtMs !== null, `${nodeName} has an end where its status is one`).toBe(isFinalNode(status))
    if (startedAtMs !== null) expect(steps.some((step) => step.status !== 'DID_NOT_REPLACE'), `${nodeName} was begun`).toBe(true)
    if (startedAtMs === null) expect(steps.every((step) => step.status === 'DID_NOT_REPLACE' || onWire(step.status) !== step.status) || status === 'DID_NOT_REPLACE', `${nodeName} was not seen to begin`).toBe(true)
    if (batch !== null) expect(batch, `batch of ${nodeName}`).toBe(steps[0]?.batch)
  }
}

const expectPods = (state: RunState, { truth, isKubeRead }: Compared, { pods: { fromMs, untilMs } }: Readings) => {
  const { lostOnPurpose, pending } = ledgerOf(state).pods
  const last = state.landing.looks.at(-1)
  if (!isKubeRead) expect(last?.pods.state).toBe('not-connected')
  // A machine that is busy may read Kubernetes later than the last look waits, and the record has to say so.
  if (last?.pods.state !== 'read') return expect([lostOnPurpose.state, pending.state]).toEqual(['unknown', 'unknown'])
  expect(pending.state).toBe('known')
  const begun = new Set(truth.course.filter(({ status }) => status !== 'DID_NOT_REPLACE').map(({ nodeName }) => nodeName))
  const first = state.landing.looks.find(({ batch }) => batch === 0)
  if (first?.pods.state !== 'read' || !first.wasWhole) return expect(lostOnPurpose.state).toBe('unknown')
  // What is lost while the look is made is in it or not.
  const lost = truth.lostPods.filter(({ nodeName, atMs }) => begun.has(nodeName) && atMs < untilMs)
  const told = lostOnPurpose.state === 'known' ? lostOnPurpose.pods : []
  const open = lost.filter(({ atMs, name }) => atMs > fromMs && !told.includes(name))
  expect(sorted(told)).toEqual(sorted(lost.filter((pod) => !open.includes(pod)).map(({ name }) => name)))
}

/** New nodes of the pools that the run scaled. One that came and went between two looks is not in the record. */
const expectCapacity = (state: RunState, { truth }: Compared, { nodes: looks }: Readings) => {
  const capacity = ledgerOf(state).capacity
  const came = truth.newNodes.filter(({ poolName }) => truth.scaledPools.includes(poolName))
  const seen = came.filter(({ nodeName }) => state.landing.newNodes.has(nodeName))
  for (const { nodeName, atMs, goneAtMs } of came.filter((node) => !seen.includes(node))) expect(looks.filter((at) => at > atMs && at < (goneAtMs ?? Infinity)), `looks that did not see ${nodeName} come`).toEqual([])
  const by = (lifecycle: string) => seen.filter((node) => node.lifecycle === lifecycle).length
  const gone = seen.filter(({ goneAtMs }) => looks.some((at) => at > (goneAtMs ?? Infinity))).length
  expect(capacity).toMatchObject({ nodes: seen.length, spot: by('Spot'), onDemand: by('OnDemand'), unsaid: 0, gone })
}

/** The replayed record tells of nodes, pods and capacity what the twin's own list of events does, with times exact to one reading. */
export const expectLedger = async (bench: Bench, id: string, compared: Compared): Promise<RunState> => {
  const state = foldRun(compared.changes)
  const asked = async (ending: string) => (await bench.upstream('GET', ending)).filter(({ status }) => status === 200).map(({ atMs }) => atMs)
  const lists = await asked('/nodes')
  const { looks } = state.landing
  const begunAt = (atMs: number) => lists.findLast((at) => at <= compared.wallOf(atMs)) ?? 0
  const podsAtMs = looks.findLast(({ pods }) => pods.state === 'read')?.atMs ?? 0
  const readings: Readings = {
    run: await asked(`/${id}`),
    nodes: looks.filter(({ problem }) => problem === null).map(({ atMs }) => begunAt(atMs)),
    pods: { fromMs: begunAt(podsAtMs), untilMs: compared.wallOf(podsAtMs) },
  }
  expect(seqs(compared.changes)).toEqual(upTo(compared.changes.length))
  expect(state.gaps).toEqual([])
  expectNodes(state, compared, readings)
  expectCourse(compared, readings)
  expectTimes(state, compared)
  expectPods(state, compared, readings)
  expectCapacity(state, compared, readings)
  return state
}
