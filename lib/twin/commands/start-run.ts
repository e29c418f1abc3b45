import { counted, newRunWork, say, type Engine } from '../engine-context'
import { batchesFor } from '../plan-run'
import { letters } from '../random'
import type { Outcome, RunNode, StartRunInput, TwinNode, TwinRun } from '../types'
import { conflict, invalid, listed } from './refuse'

const firstBatchAfterMs = 5_000

const liveRun = ({ state }: Engine): TwinRun | undefined => {
  for (const run of state.runs.values()) if (run.status === 'IN_PROGRESS') return run
  return undefined
}

const byPools = ({ state }: Engine, poolNames: string[]): Outcome<TwinNode[]> => {
  const wanted = new Set(poolNames)
  const members = [...state.nodes.values()].filter(({ poolName }) => wanted.has(poolName))
  for (const { poolName } of members) wanted.delete(poolName)
  return wanted.size > 0 ? invalid('nodePoolNames', `Node pools do not exist: ${listed([...wanted])}`) : { ok: true, value: members }
}

const byNames = ({ state }: Engine, nodeNames: string[]): Outcome<TwinNode[]> => {
  const names = [...new Set(nodeNames)]
  const unknown = names.filter((name) => !state.nodes.has(name))
  if (unknown.length > 0) return invalid('nodeNames', `Nodes do not exist in the cluster: ${listed(unknown)}`)
  return { ok: true, value: names.flatMap((name) => state.nodes.get(name) ?? []) }
}

/** Both lists or none is refused: the vendor's text allows one of the two. */
const chosenNodes = (engine: Engine, { nodeNames, nodePoolNames }: StartRunInput): Outcome<TwinNode[]> => {
  if (nodeNames !== null && nodePoolNames !== null) return invalid('nodePoolNames', 'nodeNames and nodePoolNames cannot be used together')
  if (nodePoolNames !== null && nodePoolNames.length > 0) return byPools(engine, nodePoolNames)
  if (nodeNames !== null && nodeNames.length > 0) return byNames(engine, nodeNames)
  return invalid('nodeNames', 'nodeNames or nodePoolNames is required')
}

const unfit = (nodes: TwinNode[], field: string): Outcome<TwinNode[]> => {
  const managed = nodes.filter(({ vngId }) => vngId !== null)
  if (managed.length > 0) return invalid(field, `Nodes are already managed by Ocean: ${listed(managed.map(({ name }) => name))}`)
  const system = nodes.filter(({ mode }) => mode === 'system')
  if (system.length > 0) return invalid(field, `Nodes of system pools cannot be migrated: ${listed(system.map(({ name }) => name))}`)
  return { ok: true, value: nodes }
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

/**
 * Starts a migration (Spot API, Create Migration). One at a time: what the vendor does with a second one is
 * not documented.
 */
export const startRun = (engine: Engine, input: StartRunInput): Outcome<TwinRun> => {
  const live = liveRun(engine)
  if (live) return conflict('MIGRATION_IN_PROGRESS', `Migration ${live.id} is already in progress in this cluster.`)
  const chosen = chosenNodes(engine, input)
  const fit = chosen.ok ? unfit(chosen.value, input.nodePoolNames === null ? 'nodeNames' : 'nodePoolNames') : chosen
  if (!fit.ok) return fit
  const batches = batchesFor(engine, fit.value, input.options.batchSizePercentage)
  const id = freshRunId(engine)
  engine.emit({
    kind: 'run-created',
    run: {
      id,
      status: 'IN_PROGRESS',
      currentBatch: 1,
      numOfBatches: batches.length,
      comment: input.comment,
      options: input.options,
      nodes: runNodes(engine, batches),
      batches,
      capacity: [],
      createdAtMs: engine.state.nowMs,
      endedAtMs: null,
      isStopping: false,
    },
  })
  engine.work.set(id, newRunWork())
  say(engine, 'INFO', `Migration ${id} started for ${counted(fit.value.length, 'node')} in ${batches.length === 1 ? '1 batch' : `${batches.length} batches`}.`, id)
  takeOver(engine, id, fit.value)
  engine.after(firstBatchAfterMs, { kind: 'start-batch', runId: id, batch: 1 })
  if (engine.switches.technicalTimeoutMs !== null) engine.after(engine.switches.technicalTimeoutMs, { kind: 'technical-timeout', runId: id })
  return { ok: true, value: engine.state.runs.get(id) as TwinRun }
}

/** Before the first batch the pools of the selection leave autoscaling; nothing turns it on again. */
const takeOver = (engine: Engine, runId: string, nodes: TwinNode[]): void => {
  const { state, emit } = engine
  const pools = [...new Set(nodes.map(({ poolName }) => poolName))]
  for (const name of pools) {
    const pool = state.pools.get(name)
    if (pool?.scaling === 'auto') emit({ kind: 'pool-set', pool: { ...pool, scaling: 'manual' } })
  }
  say(engine, 'INFO', `Autoscaling was switched to manual for ${listed(pools)}.`, runId)
  if (!engine.switches.isCordonedUpFront) return
  for (const { name, isCordoned } of nodes) if (!isCordoned) emit({ kind: 'node-cordoned', nodeName: name, isCordoned: true })
}
