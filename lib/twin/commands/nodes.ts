import { say, type Engine } from '../engine-context'
import { templateGroup, zonesOf } from '../groups'
import { requestNode } from '../launch'
import { pickLifecycle } from '../packing'
import { removeNode } from '../pods'
import { loseNode } from '../run-node'
import type { LaunchNodesInput, LaunchedNodes, Outcome, TwinVng } from '../types'
import { vmSizeOf, type VmSize } from '../vm-sizes'
import { invalid, listed, missing } from './refuse'

const defaultVmSize = 'Standard_D4s_v5'

const groupsOf = ({ state }: Engine, vngIds: string[] | null): Outcome<TwinVng[]> => {
  if (vngIds === null || vngIds.length === 0) return { ok: true, value: state.vngs.size > 0 ? [...state.vngs.values()] : [templateGroup(state)] }
  const unknown = vngIds.filter((id) => !state.vngs.has(id))
  if (unknown.length > 0) return invalid('vngIds', `Virtual node groups do not exist: ${listed(unknown)}`)
  return { ok: true, value: vngIds.flatMap((id) => state.vngs.get(id) ?? []) }
}

const sizeFor = (vng: TwinVng, wanted: string[]): VmSize | undefined =>
  [...wanted, ...vng.vmSizes, defaultVmSize].flatMap((name) => vmSizeOf(name) ?? [])[0]

/** Launches nodes on demand of a person, in turn over the groups (Spot API, Launch New Nodes). */
export const launchNodes = (engine: Engine, input: LaunchNodesInput): Outcome<{ launched: LaunchedNodes[]; nodesLeft: number }> => {
  const groups = groupsOf(engine, input.vngIds)
  if (!groups.ok) return groups
  const rows = new Map<string, LaunchedNodes>()
  let nodesLeft = 0
  for (let index = 0; index < input.count; index += 1) {
    const vng = groups.value[index % groups.value.length] as TwinVng
    const size = sizeFor(vng, input.vmSizes)
    if (size === undefined) return invalid('applicableVmSizes', 'No applicable VM size is known.')
    const zones = zonesOf(engine.state, input.zones === null ? vng : { ...vng, availabilityZones: input.zones })
    const lifecycle = input.preferredLifecycle ?? pickLifecycle(engine, vng, true)
    const zone = zones[index % zones.length] ?? '0'
    const wanted = { vng, vmSize: size.name, allocatable: size.allocatable, lifecycle, zone }
    const { poolName, failure } = requestNode(engine, { ...wanted, runId: null, oldNodes: new Set(), isCursed: false })
    if (failure !== null) {
      nodesLeft += 1
      continue
    }
    const row = rows.get(poolName) ?? { vngId: vng.id, poolName, vmSize: size.name, zones: [], lifecycle, count: 0 }
    rows.set(poolName, { ...row, zones: [...new Set([...row.zones, zone])], count: row.count + 1 })
  }
  return { ok: true, value: { launched: [...rows.values()], nodesLeft } }
}

/** Takes nodes out of Ocean's hands; they stay in the cluster (Spot API, Detach Nodes). */
export const detachNodes = (engine: Engine, nodeNames: string[]): Outcome<null> => {
  const foreign = nodeNames.filter((name) => engine.state.nodes.get(name)?.vngId == null)
  if (foreign.length > 0) return invalid('nodeNamesToDetach', `Nodes are not managed by Ocean: ${listed(foreign)}`)
  for (const nodeName of new Set(nodeNames)) {
    engine.emit({ kind: 'node-detached', nodeName })
    say(engine, 'INFO', `Node ${nodeName} was detached.`, nodeName)
  }
  return { ok: true, value: null }
}

/** A node that disappears without a drain: its pods are lost and made anew. */
export const vanishNode = (engine: Engine, nodeName: string): Outcome<null> => {
  if (!engine.state.nodes.has(nodeName)) return missing(`Node ${nodeName} was not found.`)
  removeNode(engine, nodeName)
  for (const runId of [...engine.work.keys()]) {
    const run = engine.state.runs.get(runId)
    if (run?.nodes.get(nodeName)?.status === 'IN_PROGRESS') loseNode(engine, run, nodeName)
  }
  return { ok: true, value: null }
}

/** Lets the controller fall silent, or report again. */
export const silenceController = (engine: Engine, isSilent: boolean): void => {
  if (engine.state.isControllerSilent === isSilent) return
  engine.emit({ kind: 'controller-silenced', isSilent })
  say(engine, isSilent ? 'WARN' : 'INFO', isSilent ? 'The controller has stopped reporting.' : 'The controller reports again.')
}
