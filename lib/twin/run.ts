import type { RunStatus } from '@/lib/domain/run-rules'
import { countsAsHealthy } from '@/lib/domain/run-rules'
import { groupFor, scaleUp, settleCapacity } from './capacity'
import { startDrain } from './drain'
import { say, type Engine } from './engine-context'
import { failureSentences } from './log-text'
import { startDaemons } from './pods'
import { endNode, setNode } from './run-node'
import type { TwinNode, TwinRun } from './types'

/** Begins a batch: its nodes are cordoned and new capacity is asked for. */
export const startBatch = (engine: Engine, run: TwinRun, batch: number): void => {
  if (run.status !== 'IN_PROGRESS' || run.isStopping) return
  const { emit, state } = engine
  const names = run.batches[batch - 1] ?? []
  emit({ kind: 'batch-started', runId: run.id, batch })
  engine.progress.set(run.id, { open: new Set(names), arrived: new Map(), missing: new Map() })
  say(engine, 'INFO', `Migration ${run.id}: batch ${batch} of ${run.numOfBatches} started with ${names.length} nodes.`, run.id)
  const present = names.filter((name) => state.nodes.has(name))
  for (const name of present) {
    const node = state.nodes.get(name) as TwinNode
    const group = groupFor(state, node)
    setNode(engine, run, name, 'IN_PROGRESS', group === null || !state.vngs.has(group.id) ? null : group.id)
    emit({ kind: 'node-cordoned', nodeName: name, isCordoned: true })
  }
  scaleUp(engine, run, present)
  for (const name of names) if (!state.nodes.has(name)) loseNode(engine, run, name)
}

/** A selected node that the cluster no longer has. */
export const loseNode = (engine: Engine, run: TwinRun, nodeName: string): void => {
  say(engine, 'WARN', `Node ${nodeName} no longer exists in the cluster.`, nodeName)
  endNode(engine, run, nodeName, 'COULD_NOT_BE_REPLACED')
}

const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)

/** The cloud's answer for one node: a new node to drain to, or nothing. */
export const takeCapacity = (engine: Engine, run: TwinRun, nodeName: string, replacement: TwinNode | null): void => {
  const progress = engine.progress.get(run.id)
  const old = engine.state.nodes.get(nodeName)
  const groupId = replacement?.vngId ?? (old && groupFor(engine.state, old)?.id) ?? null
  if (progress !== undefined && groupId !== null) count(replacement === null ? progress.missing : progress.arrived, groupId)
  if (replacement !== null) {
    engine.emit({ kind: 'node-added', node: { ...replacement, createdAtMs: engine.state.nowMs } })
    const added = engine.state.nodes.get(replacement.name)
    if (added) engine.placement.add(added)
    startDaemons(engine, replacement.name)
  }
  if (run.status !== 'IN_PROGRESS' || run.nodes.get(nodeName)?.status !== 'IN_PROGRESS') return
  if (old === undefined) return loseNode(engine, run, nodeName)
  if (replacement === null) {
    say(engine, 'ERROR', `Node ${nodeName} could not be replaced: no healthy replacement became available in time.`, nodeName)
    return endNode(engine, run, nodeName, 'COULD_NOT_BE_REPLACED')
  }
  startDrain(engine, run, nodeName)
}

const isHealthy = (run: TwinRun, batch: number): boolean => {
  const names = run.batches[batch - 1] ?? []
  const healthy = names.filter((name) => countsAsHealthy(run.nodes.get(name)?.status ?? '')).length
  return healthy * 100 >= run.options.batchMinHealthyPercentage * names.length
}

/** Marks what is still open and ends the run. */
export const endRun = (engine: Engine, run: TwinRun, status: RunStatus): void => {
  for (const name of run.nodes.keys()) setNode(engine, run, name, 'DID_NOT_REPLACE')
  engine.progress.delete(run.id)
  engine.emit({ kind: 'run-ended', runId: run.id, status })
}

/** After the last node of a batch: the threshold, then the next batch or the end. */
export const endBatch = (engine: Engine, run: TwinRun, batch: number): void => {
  if (run.status !== 'IN_PROGRESS') return
  const progress = engine.progress.get(run.id)
  if (progress) settleCapacity(engine, run, progress.arrived, progress.missing)
  if (run.isStopping) return
  if (!isHealthy(run, batch)) {
    const isShort = [...run.capacity.values()].some((row) => row.status === 'FAILED' || row.status === 'PARTIAL_SUCCESS')
    say(engine, 'ERROR', isShort ? failureSentences.noCapacity : failureSentences.podsUnscheduled, run.id)
    return endRun(engine, run, 'FAILED')
  }
  if (batch < run.numOfBatches) return startBatch(engine, run, batch + 1)
  const isWhole = [...run.nodes.values()].every((node) => countsAsHealthy(node.status))
  say(engine, 'INFO', `Migration ${run.id} has ended.`, run.id)
  endRun(engine, run, isWhole ? 'COMPLETED' : 'PARTLY_COMPLETED')
}
