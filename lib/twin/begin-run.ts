import { conflict } from './commands/refuse'
import { newRunWork, say, titleOf, type Engine } from './engine-context'
import { batchesFor } from './plan-run'
import { letters } from './random'
import { startedLine } from './run-lines'
import type { BatchCounting, Outcome, RunNode, TwinNode, TwinRun } from './types'

const firstBatchAfterMs = 5_000

/**
 * Migrations and rolls share one engine: while either is on, neither is taken. What the vendor does with a
 * second one is not documented, so a switch lets it run beside the first; a node is part of one of them only.
 */
export const refuseBusy = ({ state, switches }: Engine, nodes: readonly TwinNode[]): (Outcome<never> & { ok: false }) | null => {
  for (const run of state.runs.values())
    if (run.status === 'IN_PROGRESS' && (switches.secondRun === 'refused' || nodes.some(({ name }) => run.nodes.has(name)))) return conflict(run.rollScope === null ? 'MIGRATION_IN_PROGRESS' : 'ROLL_IN_PROGRESS', `${titleOf(run)} is already in progress in this cluster.`)
  return null
}

const freshRunId = ({ random, state }: Engine): string => {
  for (;;) {
    const id = `scr-${letters(random, 8)}`
    if (!state.runs.has(id)) return id
  }
}

const runNodes = ({ state }: Engine, batches: string[][]): RunNode[] =>
  batches.flatMap((names, index) =>
    names.map((nodeName): RunNode => {
      const poolName = state.nodes.get(nodeName)?.poolName ?? ''
      return { nodeName, poolName, vngId: null, status: 'TO_BE_REPLACED', batch: index + 1, podNames: null }
    }),
  )

export type RunPlan = Pick<TwinRun, 'rollScope' | 'comment' | 'options'> & { nodes: TwinNode[]; reading: BatchCounting }

/** Writes down a run and plans its first batch. */
export const beginRun = (engine: Engine, { nodes, reading, ...given }: RunPlan): TwinRun => {
  const batches = batchesFor(engine, nodes, given.options.batchSizePercentage, reading)
  const id = freshRunId(engine)
  const run = { ...given, id, status: 'IN_PROGRESS', currentBatch: 1, numOfBatches: batches.length, nodes: runNodes(engine, batches), batches, capacity: [] } as const
  engine.emit({ kind: 'run-created', run: { ...run, capacity: [], createdAtMs: engine.state.nowMs, endedAtMs: null, isStopping: false } })
  engine.work.set(id, newRunWork())
  say(engine, 'INFO', startedLine(run, nodes.length), id)
  engine.after(firstBatchAfterMs, { kind: 'start-batch', runId: id, batch: 1 })
  if (engine.switches.technicalTimeoutMs !== null) engine.after(engine.switches.technicalTimeoutMs, { kind: 'technical-timeout', runId: id })
  return engine.state.runs.get(id) as TwinRun
}
