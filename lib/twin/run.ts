import type { RunStatus } from '@/lib/domain/run-rules'
import { countsAsHealthy } from '@/lib/domain/run-rules'
import { isScaleDownRestricted, terminate } from './drain'
import { counted, newRunWork, say, titleOf, type Engine, type RunWork } from './engine-context'
import { groupFor } from './groups'
import { planIncidents } from './incidents'
import type { failureSentences } from './log-text'
import { closeCapacity } from './run-capacity'
import { endedLine, failedLine } from './run-lines'
import { endNode, loseNode, setNode } from './run-node'
import { scaleUp, topUp } from './scale-up'
import type { Pod, TwinRun } from './types'

const betweenBatchesMs = 15_000
const topUpAfterMs = 60_000
/** How long pods that the run set free may be without a node before it fails. */
const schedulingTimeoutMs = 900_000

const workOf = (engine: Engine, run: TwinRun): RunWork => {
  const work = engine.work.get(run.id) ?? newRunWork()
  engine.work.set(run.id, work)
  return work
}

const beginBatch = (engine: Engine, run: TwinRun, names: string[]): RunWork => {
  const work = workOf(engine, run)
  work.open = new Set(names)
  work.waits = new Map()
  work.displaced.clear()
  work.drainedAtMs = null
  work.hasToppedUp = false
  return work
}

const cordon = (engine: Engine, nodeName: string): void => {
  if (engine.state.nodes.get(nodeName)?.isCordoned === false) engine.emit({ kind: 'node-cordoned', nodeName, isCordoned: true })
}

/** Begins a batch: its nodes are cordoned and new capacity is asked for. */
export const startBatch = (engine: Engine, run: TwinRun, batch: number): void => {
  if (run.status !== 'IN_PROGRESS' || run.isStopping) return
  const { emit, state } = engine
  const names = run.batches[batch - 1] ?? []
  emit({ kind: 'batch-started', runId: run.id, batch })
  say(engine, 'INFO', `${titleOf(run)}: batch ${batch} of ${run.numOfBatches} started with ${counted(names.length, 'node')}.`, run.id)
  const work = beginBatch(engine, run, names)
  const present: string[] = []
  for (const name of names) {
    const node = state.nodes.get(name)
    if (node === undefined) continue
    setNode(engine, run, name, 'IN_PROGRESS', groupFor(state, node)?.id ?? null)
    if (run.options.respectRestrictScaleDown && isScaleDownRestricted(engine, name)) continue
    cordon(engine, name)
    present.push(name)
  }
  const taken = new Set(present)
  scaleUp(engine, run, work, present)
  for (const name of names) if (!taken.has(name)) passOver(engine, run, name)
  planIncidents(engine, run)
}

/** A node of the batch that is not even tried: it is gone, or a pod on it restricts scale down. */
const passOver = (engine: Engine, run: TwinRun, nodeName: string): void => {
  if (!engine.state.nodes.has(nodeName)) return loseNode(engine, run, nodeName)
  say(engine, 'WARN', `Node ${nodeName} was not replaced: a pod on it restricts scale down.`, nodeName)
  endNode(engine, run, nodeName, 'NOT_REPLACED_DUE_TO_RSD')
}

/** The threshold of Create Migration, without rounding: healthy nodes times 100 against percentage times size. */
const isHealthy = (run: TwinRun, batch: number): boolean => {
  const names = run.batches[batch - 1] ?? []
  const healthy = names.filter((name) => countsAsHealthy(run.nodes.get(name)?.status ?? '')).length
  return healthy * 100 >= run.options.batchMinHealthyPercentage * names.length
}

/** Marks what is still open as not replaced and ends the run. */
export const endRun = (engine: Engine, run: TwinRun, status: RunStatus): void => {
  for (const name of run.nodes.keys()) setNode(engine, run, name, 'DID_NOT_REPLACE')
  const work = workOf(engine, run)
  closeCapacity(engine, run, work)
  engine.work.delete(run.id)
  engine.emit({ kind: 'run-ended', runId: run.id, status })
}

/** Ends the run for one of the vendor's documented causes, in the vendor's words. */
export const failRun = (engine: Engine, run: TwinRun, cause: keyof typeof failureSentences): void => {
  say(engine, 'ERROR', failedLine(run, cause), run.id)
  endRun(engine, run, 'FAILED')
}

/** Pods that the run has set free and that are still without a node. */
const homeless = (engine: Engine, work: RunWork): Pod[] =>
  [...work.displaced].flatMap((id) => (engine.state.pending.has(id) ? (engine.state.pods.get(id) ?? []) : []))

/** True while pods of the batch still look for a place; asks for more nodes once. */
const awaitsPods = (engine: Engine, run: TwinRun, work: RunWork): boolean => {
  const waiting = homeless(engine, work)
  const waitedMs = engine.state.nowMs - (work.drainedAtMs ?? engine.state.nowMs)
  if (waiting.length === 0 || waitedMs >= schedulingTimeoutMs) return false
  if (waitedMs >= topUpAfterMs && !work.hasToppedUp) {
    work.hasToppedUp = true
    topUp(engine, run, work, waiting)
  }
  return true
}

const isLast = (run: TwinRun, batch: number): boolean => batch >= run.numOfBatches

/** After the last node of a batch: its pods are placed, the threshold is tested, the next batch or the end follows. */
export const endBatch = (engine: Engine, run: TwinRun, batch: number): void => {
  if (run.status !== 'IN_PROGRESS' || run.isStopping) return
  const work = workOf(engine, run)
  if (engine.state.isControllerSilent || awaitsPods(engine, run, work) || (isLast(run, batch) && work.terminating.size > 0))
    return engine.after(betweenBatchesMs, { kind: 'end-batch', runId: run.id, batch })
  if (homeless(engine, work).length > 0) return failRun(engine, run, 'podsUnscheduled')
  if (!isHealthy(run, batch)) {
    const isShort = [...work.waits.values()].some(({ hasFailed }) => hasFailed)
    return failRun(engine, run, isShort ? 'noCapacity' : 'podsUnscheduled')
  }
  if (!isLast(run, batch)) return startBatch(engine, run, batch + 1)
  if (work.toRemove.length === 0) return complete(engine, run)
  for (const name of work.toRemove.splice(0)) terminate(engine, run, name)
  engine.after(betweenBatchesMs, { kind: 'end-batch', runId: run.id, batch })
}

/** A migration is COMPLETED by all of its nodes, a roll by half of them (Ocean AKS, Rolls, "Roll status"). */
const wholeFrom = ({ rollScope }: TwinRun): number => (rollScope === null ? 100 : 50)

const complete = (engine: Engine, run: TwinRun): void => {
  const isWhole = (status: string) => (engine.switches.completion === 'all-moved' ? status === 'REPLACED' : countsAsHealthy(status))
  const whole = [...run.nodes.values()].filter((node) => isWhole(node.status)).length
  const status = whole * 100 >= wholeFrom(run) * run.nodes.size ? 'COMPLETED' : 'PARTLY_COMPLETED'
  say(engine, 'INFO', endedLine(run), run.id)
  endRun(engine, run, status)
}
