import { batchesFor } from './plan-run'
import { say, type Engine } from './engine-context'
import { letters } from './random'
import type { Outcome, Refusal, StartRunInput, TwinNode, TwinRun } from './types'

const refuse = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal })
const stopDelayMs = 60_000

const liveRun = (engine: Engine): TwinRun | undefined => {
  for (const run of engine.state.runs.values()) if (run.status === 'IN_PROGRESS') return run
  return undefined
}

const chosenNodes = (engine: Engine, input: StartRunInput): Outcome<TwinNode[]> => {
  const { nodes } = engine.state
  if (input.nodePoolNames !== null) {
    const pools = new Set(input.nodePoolNames)
    const members = [...nodes.values()].filter((node) => pools.has(node.poolName))
    for (const node of members) pools.delete(node.poolName)
    if (pools.size > 0)
      return refuse({ status: 400, code: 'INVALID_PARAMETER', message: `Node pools do not exist: ${[...pools].join(', ')}`, field: 'nodePoolNames' })
    return { ok: true, value: members }
  }
  const names = [...new Set(input.nodeNames ?? [])]
  const unknown = names.filter((name) => !nodes.has(name))
  if (unknown.length > 0)
    return refuse({ status: 400, code: 'INVALID_PARAMETER', message: `Nodes do not exist in the cluster: ${unknown.slice(0, 10).join(', ')}`, field: 'nodeNames' })
  return { ok: true, value: names.map((name) => nodes.get(name) as TwinNode) }
}

/** Starts a migration. One at a time: what the vendor does with a second is not documented. */
export const startRun = (engine: Engine, input: StartRunInput): Outcome<TwinRun> => {
  const live = liveRun(engine)
  if (live) return refuse({ status: 400, code: 'MIGRATION_IN_PROGRESS', message: `Migration ${live.id} is already in progress in this cluster.` })
  const chosen = chosenNodes(engine, input)
  if (!chosen.ok) return chosen
  const managed = chosen.value.filter((node) => node.vngId !== null)
  if (managed.length > 0)
    return refuse({ status: 400, code: 'INVALID_PARAMETER', message: `Nodes are already managed by Ocean: ${managed.slice(0, 10).map(({ name }) => name).join(', ')}`, field: 'nodeNames' })
  const batches = batchesFor(engine, chosen.value, input.options.batchSizePercentage)
  const run: TwinRun = {
    id: freshRunId(engine),
    status: 'IN_PROGRESS',
    currentBatch: 1,
    numOfBatches: batches.length,
    comment: input.comment,
    options: input.options,
    nodes: new Map(
      batches.flatMap((names, index) =>
        names.map((name) => {
          const poolName = engine.state.nodes.get(name)?.poolName ?? ''
          return [name, { nodeName: name, poolName, vngId: null, status: 'TO_BE_REPLACED', batch: index + 1, podNames: null }] as const
        }),
      ),
    ),
    batches,
    capacity: new Map(),
    createdAtMs: engine.state.nowMs,
    endedAtMs: null,
    isStopping: false,
  }
  engine.emit({ kind: 'run-created', run })
  say(engine, 'INFO', `Migration ${run.id} started for ${run.nodes.size} nodes in ${batches.length} batches.`, run.id)
  say(engine, 'INFO', 'Autoscaling of the selected node pools was switched to manual.', run.id)
  engine.after(5_000, { kind: 'start-batch', runId: run.id, batch: 1 })
  return { ok: true, value: engine.state.runs.get(run.id) as TwinRun }
}

const freshRunId = (engine: Engine): string => {
  for (;;) {
    const id = `scr-${letters(engine.random, 8)}`
    if (!engine.state.runs.has(id)) return id
  }
}

/**
 * Asks a run to stop: the next batch does not start, undrained nodes are freed, and the status turns to
 * STOPPED a minute later (there is no "stopping" in the vendor's list).
 */
export const stopRun = (engine: Engine, runId: string): Outcome<TwinRun> => {
  const run = engine.state.runs.get(runId)
  if (run === undefined) return refuse({ status: 404, code: 'RESOURCE_NOT_FOUND', message: `Migration ${runId} was not found.` })
  if (run.status !== 'IN_PROGRESS')
    return refuse({ status: 400, code: 'INVALID_STATE', message: `Migration ${runId} is not in progress and cannot be stopped.` })
  if (!run.isStopping) {
    engine.emit({ kind: 'stop-asked', runId })
    say(engine, 'INFO', `Migration ${runId}: stop was requested.`, runId)
    engine.after(stopDelayMs, { kind: 'finish-stop', runId })
  }
  return { ok: true, value: run }
}
