import { tryAgainAfterMs } from './autoscale'
import { launchNodes } from './commands/launch-nodes'
import { restrictsScaleDown } from './constraints'
import { counted, say, type Engine } from './engine-context'
import { groupById, templateGroup } from './groups'
import { removeNode } from './pods'
import type { TwinMs, TwinNode, TwinVng } from './types'

/** How often Ocean looks after its groups. */
export const tendEveryMs = 60_000
/** How long a node is without pods before it goes. The vendor names no such time. */
const idleForMs = 1_800_000

const raise = (engine: Engine, { id, name, minCount }: TwinVng): void => {
  const { state, coming } = engine
  const lacking = minCount - (state.nodesByVng.get(id) ?? 0) - (coming.byVng.get(id) ?? 0)
  if (lacking <= 0) return
  say(engine, 'INFO', `Scaling up ${counted(lacking, 'new node')}: virtual node group ${name} has fewer than its minimum of ${minCount}.`, id)
  const outcome = launchNodes(engine, { vngIds: [id], count: lacking, preferredLifecycle: null, vmSizes: [], zones: null })
  if (!outcome.ok || outcome.value.nodesLeft > 0) engine.scaleUpNotBeforeMs = state.nowMs + tryAgainAfterMs
}

/** Nothing but DaemonSets' pods is on the node, and none of them restricts scale down. */
const isIdle = ({ state }: Engine, { name, isReady }: TwinNode): boolean => {
  for (const { workloadId } of state.loads.get(name)?.pods ?? []) {
    const workload = state.workloads.get(workloadId)
    if (workload?.kind !== 'DaemonSet' || restrictsScaleDown(workload)) return false
  }
  return isReady
}

const seenIdle = (engine: Engine): Map<string, TwinMs> => {
  const { state, idleSince } = engine
  const idle = new Map<string, TwinMs>()
  for (const node of state.nodes.values())
    if (node.vngId !== null && isIdle(engine, node)) idle.set(node.name, idleSince.get(node.name) ?? state.nowMs)
  return idle
}

const removeIdle = (engine: Engine): void => {
  const { state } = engine
  engine.idleSince = seenIdle(engine)
  for (const [nodeName, sinceMs] of engine.idleSince) {
    const vngId = state.nodes.get(nodeName)?.vngId
    const isSpare = vngId != null && (state.nodesByVng.get(vngId) ?? 0) > (groupById(state, vngId)?.minCount ?? 0)
    if (!isSpare || state.nowMs - sinceMs <= idleForMs) continue
    say(engine, 'INFO', `Scaling down node ${nodeName}: no pod has needed it for ${counted(idleForMs / 60_000, 'minute')}.`, nodeName)
    removeNode(engine, nodeName)
  }
}

/**
 * What Ocean's autoscaler does with the size of groups (Ocean AKS, Autoscaling): below its minimum a group is
 * filled up, and idle nodes above it go. While a run is on no node goes, for the run's new nodes wait for pods.
 */
export const tendGroups = (engine: Engine): void => {
  const { state, switches, work } = engine
  engine.after(tendEveryMs, { kind: 'tend-groups' })
  if (!switches.isAutoscaled || state.isControllerSilent) return
  if (state.nowMs >= engine.scaleUpNotBeforeMs) for (const vng of [...state.vngs.values(), templateGroup(state)]) raise(engine, vng)
  if (work.size === 0) removeIdle(engine)
  else engine.idleSince.clear()
}
