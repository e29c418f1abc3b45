import { beginRun, refuseBusy } from '../begin-run'
import type { Engine } from '../engine-context'
import { templateGroupId } from '../groups'
import type { Outcome, RollScope, StartRollInput, TwinNode, TwinRun } from '../types'
import { invalid, listed } from './refuse'
import { byNames, byPools } from './start-run'

type Chosen = { scope: RollScope; field: string; nodes: Outcome<TwinNode[]> }

const byGroups = ({ state }: Engine, vngIds: string[]): Outcome<TwinNode[]> => {
  const unknown = vngIds.filter((id) => id !== templateGroupId && !state.vngs.has(id))
  if (unknown.length > 0) return invalid('vngIds', `Virtual node groups do not exist: ${listed(unknown)}`)
  return { ok: true, value: [...state.nodes.values()].filter(({ vngId }) => vngId !== null && vngIds.includes(vngId)) }
}

const managed = ({ state }: Engine): TwinNode[] => [...state.nodes.values()].filter(({ vngId }) => vngId !== null)

const chosenNodes = (engine: Engine, { vngIds, nodePoolNames, nodeNames }: StartRollInput): Chosen => {
  if (vngIds !== null) return { scope: 'Vng', field: 'vngIds', nodes: byGroups(engine, vngIds) }
  if (nodePoolNames !== null) return { scope: 'Node Pool', field: 'nodePoolNames', nodes: byPools(engine, nodePoolNames) }
  if (nodeNames !== null) return { scope: 'Node', field: 'nodeNames', nodes: byNames(engine, nodeNames) }
  return { scope: 'Cluster', field: 'body', nodes: { ok: true, value: managed(engine) } }
}

const unfit = (nodes: TwinNode[], field: string): Outcome<TwinNode[]> => {
  const foreign = nodes.filter(({ vngId }) => vngId === null)
  if (foreign.length > 0) return invalid(field, `Nodes are not managed by Ocean: ${listed(foreign.map(({ name }) => name))}`)
  return nodes.length === 0 ? invalid(field, 'There are no nodes to roll') : { ok: true, value: nodes }
}

/**
 * Starts a roll (Spot API, Initiate Roll): nodes that Ocean manages are replaced by new ones of their group, in
 * batches of equal size as the vendor's text on rolls has it.
 */
export const startRoll = (engine: Engine, input: StartRollInput): Outcome<TwinRun> => {
  const { scope, field, nodes } = chosenNodes(engine, input)
  const fit = nodes.ok ? unfit(nodes.value, field) : nodes
  const busy = refuseBusy(engine, fit.ok ? fit.value : [])
  if (busy) return busy
  if ([input.vngIds, input.nodePoolNames, input.nodeNames].filter((list) => list !== null).length > 1)
    return invalid('vngIds', 'vngIds, nodePoolNames and nodeNames cannot be used together')
  if (!fit.ok) return fit
  return { ok: true, value: beginRun(engine, { rollScope: scope, comment: input.comment, options: input.options, nodes: fit.value, reading: 'M2' }) }
}
