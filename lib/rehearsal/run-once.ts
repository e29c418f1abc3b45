import { isFinalRun, nodeStatuses, type NodeStatus, type RunStatus } from '@/lib/domain/run-rules'
import { templateGroupId } from '@/lib/twin/groups'
import { createTwin } from '@/lib/twin/twin'
import type { BatchCounting, Twin, TwinEvent, TwinRun } from '@/lib/twin/types'
import type { RehearsalPlan } from './plan'
import { noReplacement, reasonOf } from './sentences'
import { withDrawnTimes, type RehearsalSpec } from './spec'
import { workloadOfPod } from './spec-pods'

const sliceMs = 30_000
/** After the run's end the cluster is given this long to place what it can. */
const settleMs = 600_000
/** A run that is not over by then is given up. */
const limitMs = 7 * 86_400_000

/** Pods of one workload without a node when all is over. */
export type Stranded = { workload: string; pods: number; reason: string; wasPending: boolean }

/** What one seed made of the plan. Plain data: it crosses from the worker to the page. Times count from the launch. */
export type RehearsedRun = {
  seed: number
  reading: BatchCounting
  status: RunStatus
  durationMs: number
  batches: number
  /** Why the run failed, in the vendor's words. */
  cause: string | null
  /** For each planned node its last status, as a place in `nodeStatuses`. */
  outcomes: number[]
  /** Index of the node and why it is where it is. */
  reasons: [number, string][]
  /** Every change of a node's status: time, index of the node, place in `nodeStatuses`. */
  changes: [number, number, number][]
  /** Time, pods without a node, new nodes that are ready; an entry where one of them changes. */
  levels: [number, number, number][]
  /** When each batch began. */
  batchStarts: number[]
  stranded: Stranded[]
  /** Nodes that were asked for and could not be had, by the sentence that says why. */
  missing: { sentence: string; nodes: number }[]
}

/** Create Migration would refuse the plan as it stands. */
export type RehearsalRefused = { refusal: string }

const statusPlace = (status: NodeStatus): number => nodeStatuses.indexOf(status)

const count = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1)

/** Takes down what happens to the planned nodes and to the run. */
const createScribe = (plan: RehearsalPlan, run: TwinRun, vngIds: ReadonlySet<string>) => {
  const places = new Map(plan.nodeNames.map((name, index) => [name, index]))
  const changes: RehearsedRun['changes'] = []
  const reasons = new Map<number, string>()
  const missing = new Map<string, number>()
  /** The last word about a group that could not grow. */
  const refusals = new Map<string, string>()
  const batchStarts: number[] = []
  let cause: string | null = null
  let newNodes = 0

  const hear = ({ severity, message, resourceId }: Extract<TwinEvent, { kind: 'log' }>) => {
    if (severity !== 'WARN' && severity !== 'ERROR') return
    if (resourceId === run.id && severity === 'ERROR') cause = message
    const index = resourceId === null ? undefined : places.get(resourceId)
    if (resourceId === null) return
    if (index !== undefined) reasons.set(index, explain(reasonOf(message, resourceId), index, resourceId))
    else if (vngIds.has(resourceId)) {
      count(missing, message)
      refusals.set(resourceId, message)
    }
  }
  /** That no replacement came is only what was seen: the line before it, or that of the group, says why. */
  const explain = (reason: string, index: number, nodeName: string): string =>
    reason === noReplacement ? (reasons.get(index) ?? refusals.get(run.nodes.get(nodeName)?.vngId ?? '') ?? reason) : reason
  const take = (event: TwinEvent) => {
    const tMs = event.tMs - run.createdAtMs
    if (event.kind === 'log') hear(event)
    else if (event.kind === 'node-ready') newNodes += 1
    else if (event.kind === 'batch-started') batchStarts.push(tMs)
    else if (event.kind === 'run-node') {
      const index = places.get(event.nodeName)
      if (index !== undefined) changes.push([tMs, index, statusPlace(event.status)])
    }
  }
  return {
    take,
    newNodes: () => newNodes,
    written: () => ({ changes, batchStarts, cause, reasons: [...reasons], missing: [...missing].map(([sentence, nodes]) => ({ sentence, nodes })) }),
  }
}

const strandedIn = ({ state }: Twin, pendingBefore: ReadonlySet<string>): Stranded[] => {
  const rows = new Map<string, Stranded>()
  for (const id of state.pending) {
    const workload = workloadOfPod(id)
    const wasPending = pendingBefore.has(id)
    const key = `${workload} ${wasPending}`
    const row = rows.get(key) ?? { workload, pods: 0, reason: state.pods.get(id)?.reason ?? '', wasPending }
    rows.set(key, { ...row, pods: row.pods + 1 })
  }
  return [...rows.values()]
}

/** Runs the twin in slices, so that what rises and falls between is seen as well. */
const runThrough = (twin: Twin, run: TwinRun, scribe: ReturnType<typeof createScribe>, onShare: (share: number) => void): RehearsedRun['levels'] => {
  const levels: RehearsedRun['levels'] = []
  const slice = () => {
    for (const event of twin.run(twin.nowMs + sliceMs)) scribe.take(event)
    const [, pending, newNodes] = levels.at(-1) ?? []
    if (pending !== twin.state.pending.size || newNodes !== scribe.newNodes()) levels.push([twin.nowMs - run.createdAtMs, twin.state.pending.size, scribe.newNodes()])
  }
  while (!isFinalRun(run.status) && twin.nowMs < limitMs) {
    slice()
    onShare(run.currentBatch / Math.max(1, run.numOfBatches))
  }
  const endMs = twin.nowMs + settleMs
  while (twin.state.pending.size > 0 && twin.nowMs < endMs) slice()
  return levels
}

/**
 * One rehearsal of the plan: the same spec, plan and seed give the same answer. The seed draws how long nodes and
 * pods take, and which reading of the batch size is taken. `onShare` hears which part of its batches has begun, 0 to 1.
 */
export const rehearseOnce = (spec: RehearsalSpec, plan: RehearsalPlan, seed: number, onShare: (share: number) => void = () => undefined): RehearsedRun | RehearsalRefused => {
  const reading = plan.readings[seed % Math.max(1, plan.readings.length)] ?? 'M1'
  const twin = createTwin({ spec: withDrawnTimes(spec, seed), seed, switches: { batchReading: reading, vngsWithoutCapacity: spec.vngsWithoutCapacity } })
  const outcome = twin.command({ kind: 'start-run', input: { nodeNames: plan.nodeNames, nodePoolNames: null, comment: null, options: plan.options } })
  if (!outcome.ok) return { refusal: outcome.refusal.message }
  const run = outcome.value
  const pendingBefore = new Set(twin.state.pending)
  const scribe = createScribe(plan, run, new Set([...twin.state.vngs.keys(), templateGroupId]))
  const levels = runThrough(twin, run, scribe, onShare)
  return {
    seed,
    reading,
    status: run.status,
    durationMs: (run.endedAtMs ?? twin.nowMs) - run.createdAtMs,
    batches: run.numOfBatches,
    outcomes: plan.nodeNames.map((name) => statusPlace(run.nodes.get(name)?.status ?? 'DID_NOT_REPLACE')),
    levels,
    stranded: strandedIn(twin, pendingBefore),
    ...scribe.written(),
  }
}
