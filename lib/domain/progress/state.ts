import { isFinalRun, outcomeOf, outcomeWithin, type Outcome } from '../run-rules'
import type { OutcomeCounts } from '../outcome/counts'
import type { HeartbeatFacts } from '../heartbeat'
import { applyLanding, noLanding, type LandingState } from './landing'
import { afterReading, type StopAsked } from './stop-asked'
import type { CapacityFacts, LogFacts, NodeFacts, RunChange, RunFacts, StepsFacts } from './change'

/** A node of the run with when it was first seen moving and when its outcome was first seen, and the pods it began with. */
export type NodeState = Omit<NodeFacts, 'gone'> & {
  startedAtMs: number | null
  endedAtMs: number | null
  /** Where it was seen after a gap: when it began, or was settled, after this and not exactly at the time that stands for it. */
  startedAfterMs?: number
  endedAfterMs?: number
  /** It was settled already when it was first told: its times are the latest at which it can have happened. */
  wasSettledAtFirst: boolean
  /** It was yet to be migrated when it was first told: all that it loses to the run is seen. */
  wasWaitingAtFirst: boolean
  /** Pods when the node was first told with a number. */
  podsAtFirst: number | null
}

/** A run at one moment: the fold of its changes up to `seq`. */
export type RunState = {
  seq: number
  facts: RunFacts | null
  nodes: ReadonlyMap<string, NodeState>
  capacity: ReadonlyMap<string, CapacityFacts>
  log: readonly LogFacts[]
  gaps: readonly { fromMs: number; untilMs: number; reason: string }[]
  anomalies: readonly { atMs: number; sentence: string }[]
  /** Null when nobody has asked for a stop here. */
  stopAsked: StopAsked | null
  landing: LandingState
  /** What Spot heard of the controller, each time that it had changed; none where it is not told. */
  heartbeats: readonly (HeartbeatFacts & { atMs: number })[]
  /** When the first and the last change were seen; null before the first. */
  firstAtMs: number | null
  lastAtMs: number | null
}

export const emptyRun: RunState = {
  seq: 0,
  facts: null,
  nodes: new Map(),
  capacity: new Map(),
  log: [],
  gaps: [],
  anomalies: [],
  stopAsked: null,
  landing: noLanding,
  heartbeats: [],
  firstAtMs: null,
  lastAtMs: null,
}

/** A pool may grow by several groups at once: a row of new capacity is told by both. */
export const capacityKey = ({ poolName, vngId }: Pick<CapacityFacts, 'poolName' | 'vngId'>): string => `${poolName} ${vngId ?? ''}`

const isMovingOrDone = (outcome: Outcome) => outcome !== 'toGo' && outcome !== 'untouched' && outcome !== 'unknown'
const isDone = (outcome: Outcome) => outcome !== 'toGo' && outcome !== 'moving' && outcome !== 'unknown'

const without = (names: readonly string[], gone: readonly number[]): string[] => {
  const places = new Set(gone)
  return names.filter((_, place) => !places.has(place))
}

type Seen = { atMs: number; afterMs: number | undefined }

const timesOf = (before: NodeState | undefined, outcome: Outcome, { atMs, afterMs }: Seen): Pick<NodeState, 'startedAtMs' | 'endedAtMs' | 'startedAfterMs' | 'endedAfterMs'> => {
  const isBegun = isMovingOrDone(outcome)
  const startedAfterMs = before?.startedAtMs == null && isBegun ? afterMs : before?.startedAfterMs
  const endedAfterMs = before?.endedAtMs == null ? afterMs : before.endedAfterMs
  return {
    startedAtMs: before?.startedAtMs ?? (isBegun ? atMs : null),
    endedAtMs: isDone(outcome) ? (before?.endedAtMs ?? atMs) : null,
    ...(startedAfterMs === undefined ? {} : { startedAfterMs }),
    ...(endedAfterMs === undefined || !isDone(outcome) ? {} : { endedAfterMs }),
  }
}

const nextNode = (before: NodeState | undefined, { gone, ...facts }: NodeFacts, seen: Seen): NodeState => {
  const outcome = outcomeOf(facts.status)
  return {
    ...facts,
    podNames: gone === undefined ? facts.podNames : without(before?.podNames ?? [], gone),
    ...timesOf(before, outcome, seen),
    wasSettledAtFirst: before?.wasSettledAtFirst ?? isDone(outcome),
    wasWaitingAtFirst: before?.wasWaitingAtFirst ?? outcome === 'toGo',
    podsAtFirst: before?.podsAtFirst ?? facts.runningPods,
  }
}

/** True for a node that has begun with all its pods and still has them, by Spot's count, or has not begun. */
const isWhole = ({ status, wasWaitingAtFirst, podsAtFirst, runningPods }: NodeState): boolean => wasWaitingAtFirst && (outcomeOf(status) === 'toGo' || (podsAtFirst !== null && runningPods === podsAtFirst))

/** The reading that ends a gap is told with it, at one time: since when nobody had read. */
const gapBefore = (gaps: RunState['gaps'], atMs: number): number | undefined => {
  const last = gaps.at(-1)
  return last?.untilMs === atMs ? last.fromMs : undefined
}

/** Nodes after pods have left some of them; a place that holds no node is passed over. */
const afterSteps = (nodes: Map<string, NodeState>, { steps }: StepsFacts): void => {
  const names = [...nodes.keys()]
  for (const [at, count, ...gone] of steps) {
    const before = nodes.get(names[at] ?? '')
    const pods = count < 0 ? null : count
    if (before) nodes.set(before.nodeName, { ...before, runningPods: pods, podNames: without(before.podNames, gone), podsAtFirst: before.podsAtFirst ?? pods })
  }
}

/**
 * The state after these changes. Changes that are already in (by `seq`) are left out, so that a resumed
 * stream may overlap. Maps are copied once per call and not once per change.
 */
export const applyChanges = (state: RunState, changes: readonly RunChange[]): RunState => {
  const fresh = changes.filter(({ seq }) => seq > state.seq)
  if (fresh.length === 0) return state
  const nodes = new Map(state.nodes)
  const capacity = new Map(state.capacity)
  const log = [...state.log]
  const gaps = [...state.gaps]
  const anomalies = [...state.anomalies]
  const heartbeats = [...state.heartbeats]
  let { seq, facts, stopAsked, landing } = state
  for (const change of fresh) {
    if (change.seq <= seq) continue
    seq = change.seq
    if (change.kind === 'run') {
      facts = change.body
      stopAsked = afterReading(stopAsked, facts, change.atMs, gapBefore(gaps, change.atMs))
    } else if (change.kind === 'node') nodes.set(change.body.nodeName, nextNode(nodes.get(change.body.nodeName), change.body, { atMs: change.atMs, afterMs: gapBefore(gaps, change.atMs) }))
    else if (change.kind === 'steps') afterSteps(nodes, change.body)
    else if (change.kind === 'capacity') capacity.set(capacityKey(change.body), change.body)
    else if (change.kind === 'log') log.push(change.body)
    else if (change.kind === 'gap') gaps.push({ fromMs: change.body.fromMs, untilMs: change.atMs, reason: change.body.reason })
    else if (change.kind === 'anomaly') anomalies.push({ atMs: change.atMs, sentence: change.body.sentence })
    else if (change.kind === 'landing') landing = applyLanding(landing, change.body, change.atMs, [...nodes.values()].every(isWhole))
    else if (change.kind === 'heartbeat') heartbeats.push({ ...change.body, atMs: change.atMs })
    else stopAsked = { atMs: change.atMs, askedBy: change.body.askedBy, batch: facts?.currentBatch ?? null }
  }
  return {
    seq,
    facts,
    nodes,
    capacity,
    log,
    gaps,
    anomalies,
    stopAsked,
    landing,
    heartbeats,
    firstAtMs: state.firstAtMs ?? fresh[0]?.atMs ?? null,
    lastAtMs: fresh.at(-1)?.atMs ?? state.lastAtMs,
  }
}

export const foldRun = (changes: readonly RunChange[]): RunState => applyChanges(emptyRun, changes)

export const noCounts = (): OutcomeCounts => ({ total: 0, moved: 0, moving: 0, toGo: 0, skipped: 0, failed: 0, untouched: 0, unknown: 0 })

/** Nodes by what happened to them in a run that is over, or still on. */
export const countOutcomes = (nodes: Iterable<{ status: string }>, isOver: boolean): OutcomeCounts => {
  const counts = noCounts()
  for (const { status } of nodes) {
    counts.total += 1
    counts[outcomeWithin(status, isOver)] += 1
  }
  return counts
}

export const countsOf = (state: RunState): OutcomeCounts => countOutcomes(state.nodes.values(), isRunOver(state))

/** True when nothing more will happen to the run. */
export const isRunOver = ({ facts }: Pick<RunState, 'facts'>): boolean => facts !== null && (facts.isOver === true || isFinalRun(facts.status))
