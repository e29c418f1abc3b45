import { beginRun, refuseBusy } from '../begin-run'
import { say, type Engine } from '../engine-context'
import type { Outcome, StartRunInput, TwinNode, TwinRun } from '../types'
import { invalid, listed } from './refuse'

/** The nodes of the named pools. */
export const byPools = ({ state }: Engine, poolNames: string[]): Outcome<TwinNode[]> => {
  const wanted = new Set(poolNames)
  const members = [...state.nodes.values()].filter(({ poolName }) => wanted.has(poolName))
  for (const { poolName } of members) wanted.delete(poolName)
  return wanted.size > 0 ? invalid('nodePoolNames', `Node pools do not exist: ${listed([...wanted])}`) : { ok: true, value: members }
}

/** The named nodes. */
export const byNames = ({ state }: Engine, nodeNames: string[]): Outcome<TwinNode[]> => {
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

/**
 * Starts a migration (Spot API, Create Migration).
 */
export const startRun = (engine: Engine, input: StartRunInput): Outcome<TwinRun> => {
  const chosen = chosenNodes(engine, input)
  const fit = chosen.ok ? unfit(chosen.value, input.nodePoolNames === null ? 'nodeNames' : 'nodePoolNames') : chosen
  const busy = refuseBusy(engine, fit.ok ? fit.value : [])
  if (busy) return busy
  if (!fit.ok) return fit
  const { comment, options } = input
  const run = beginRun(engine, { rollScope: null, comment, options, nodes: fit.value, reading: engine.switches.batchReading })
  takeOver(engine, run.id, fit.value)
  return { ok: true, value: run }
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
