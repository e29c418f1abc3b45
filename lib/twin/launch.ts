import { spotKey, spotTaint } from './constraints'
import { counted, say, type Engine, type Launch } from './engine-context'
import { groupLabels } from './groups'
import { retrySoon, startDaemons } from './pods'
import { between, letters } from './random'
import { noteSettled } from './run-capacity'
import type { Lifecycle, Resources, TwinNode, TwinPool, TwinVng } from './types'
import { countedSize } from './vm-sizes'

const base36 = '0123456789abcdefghijklmnopqrstuvwxyz'
const readyAfterMs = { low: 120_000, high: 300_000 }
/** How long a new node may stay unhealthy before it is given up. */
const gracePeriodMs = 600_000
const registersAfter = 0.7

/** One node to ask for. */
export type NodeWish = {
  vng: TwinVng
  vmSize: string
  allocatable: Resources
  lifecycle: Lifecycle
  /** The spot market has none, and the group may not fall back to on-demand. */
  hasNoSpot: boolean
  zone: string
  runId: string | null
  oldNodes: Set<string>
  isCursed: boolean
}

/** Ocean keeps one pool for each group, size and lifecycle; a missing one is made. */
const poolFor = ({ state, random, emit }: Engine, { vng, vmSize, lifecycle }: NodeWish): TwinPool => {
  for (const pool of state.pools.values())
    if (pool.vngId === vng.id && pool.vmSize === vmSize && pool.lifecycle === lifecycle) return pool
  for (;;) {
    const name = `omnp${letters(random, 8)}`
    if (state.pools.has(name)) continue
    const pool: TwinPool = { name, mode: 'user', vmSize, lifecycle, scaleSet: letters(random, 8, '0123456789'), scaling: 'auto', vngId: vng.id }
    emit({ kind: 'pool-set', pool })
    return pool
  }
}

const freshName = (engine: Engine, pool: TwinPool): string => {
  for (;;) {
    const name = `aks-${pool.name}-${pool.scaleSet}-vmss${letters(engine.random, 6, base36)}`
    if (!engine.state.nodes.has(name) && !engine.coming.names.has(name)) return name
  }
}

const lifecycleLabels = (lifecycle: Lifecycle): Record<string, string> =>
  lifecycle === 'Spot'
    ? { [spotKey]: 'spot', 'spotinst.io/node-lifecycle': 'spot' }
    : { 'spotinst.io/node-lifecycle': 'od' }

const buildNode = (engine: Engine, wish: NodeWish, pool: TwinPool): TwinNode => {
  const { state, random } = engine
  const { vng, vmSize, zone, lifecycle } = wish
  const name = freshName(engine, pool)
  return {
    name,
    poolName: pool.name,
    mode: 'user',
    vngId: vng.id,
    vmSize,
    zone,
    labels: {
      agentpool: pool.name,
      'kubernetes.azure.com/agentpool': pool.name,
      'kubernetes.azure.com/cluster': `MC_${state.cluster.resourceGroup}_${state.cluster.name}_${state.cluster.region}`,
      'kubernetes.io/hostname': name,
      'node.kubernetes.io/instance-type': vmSize,
      'topology.kubernetes.io/zone': zone,
      ...groupLabels(state, vng),
      ...lifecycleLabels(lifecycle),
    },
    taints: lifecycle === 'Spot' ? [...vng.taints, spotTaint] : vng.taints,
    allocatable: wish.allocatable,
    maxPods: vng.maxPodsPerNode,
    isReady: false,
    isCordoned: false,
    lifecycle,
    createdAtMs: state.nowMs,
    ipAddress: `10.241.${between(random, 0, 254)}.${between(random, 4, 250)}`,
    nodeId: `vm-${letters(random, 10)}`,
  }
}

type NodeFailure = Exclude<Launch['failure'], 'no-group'>

const failureOf = ({ state, switches, coming }: Engine, wish: NodeWish): NodeFailure => {
  const { vng, zone, hasNoSpot, isCursed } = wish
  const size = countedSize(state.cluster, wish)
  const count = (state.nodesByVng.get(vng.id) ?? 0) + (coming.byVng.get(vng.id) ?? 0)
  const milliCpu = state.managed.milliCpu + coming.milliCpu + size.milliCpu
  const memoryMiB = state.managed.memoryMiB + coming.memoryMiB + size.memoryMiB
  const { maxVCpu, maxMemoryGiB } = state.cluster
  if (count >= vng.maxCount || milliCpu > maxVCpu * 1000 || memoryMiB > maxMemoryGiB * 1024) return 'limit'
  if (switches.vngsWithoutCapacity.includes(vng.id) || switches.zonesWithoutCapacity.includes(zone)) return 'no-capacity'
  if (hasNoSpot) return 'no-spot'
  return isCursed ? 'unhealthy' : null
}

/** Counts a node as coming from the moment it is asked for until the cluster has it. */
const countComing = ({ state, coming }: Engine, node: TwinNode, sign: 1 | -1): void => {
  if (sign === 1) coming.names.add(node.name)
  else coming.names.delete(node.name)
  const vngId = node.vngId ?? ''
  coming.byVng.set(vngId, (coming.byVng.get(vngId) ?? 0) + sign)
  const { milliCpu, memoryMiB } = countedSize(state.cluster, node)
  coming.milliCpu += sign * milliCpu
  coming.memoryMiB += sign * memoryMiB
}

const warnings: Record<'limit' | 'no-capacity' | 'no-spot', (vng: TwinVng, zone: string) => string> = {
  limit: (vng) => `Virtual node group ${vng.name} cannot grow: its maximum of nodes or the cluster's resource limit is reached.`,
  'no-spot': (vng, zone) => `No spot capacity for virtual node group ${vng.name} in zone ${zone}, and it does not fall back to on-demand.`,
  'no-capacity': (vng, zone) => `No capacity for virtual node group ${vng.name} in zone ${zone}.`,
}

/** Asks the cloud for a node. What fails, fails after the same delay, as it does in reality. */
export const requestNode = (engine: Engine, wish: NodeWish): { poolName: string; failure: NodeFailure } => {
  const pool = poolFor(engine, wish)
  const failure = failureOf(engine, wish)
  const node = buildNode(engine, wish, pool)
  const launchId = planLaunch(engine, { runId: wish.runId, node, failure, oldNodes: wish.oldNodes })
  const readyMs = failure === 'unhealthy' ? gracePeriodMs : between(engine.random, readyAfterMs.low, readyAfterMs.high)
  const registersMs = failure === 'unhealthy' ? readyAfterMs.low : Math.round(readyMs * registersAfter)
  if (failure === null || failure === 'unhealthy') {
    countComing(engine, node, 1)
    engine.after(registersMs, { kind: 'launch-registers', launchId })
  } else say(engine, 'WARN', warnings[failure](wish.vng, wish.zone), wish.vng.id)
  engine.after(readyMs, { kind: 'launch-settles', launchId })
  return { poolName: pool.name, failure }
}

/** A launch that cannot be: no group takes the node's pods. */
export const requestNothing = (engine: Engine, runId: string, oldNode: string): void => {
  const launchId = planLaunch(engine, { runId, node: null, failure: 'no-group', oldNodes: new Set([oldNode]) })
  engine.after(between(engine.random, readyAfterMs.low, readyAfterMs.high), { kind: 'launch-settles', launchId })
}

const planLaunch = (engine: Engine, launch: Launch): number => {
  const launchId = engine.nextLaunchId
  engine.nextLaunchId += 1
  engine.launches.set(launchId, launch)
  return launchId
}

/** The new node shows up in the cluster, not ready yet. */
export const registerLaunch = (engine: Engine, launchId: number): void => {
  const launch = engine.launches.get(launchId)
  if (!launch?.node) return
  countComing(engine, launch.node, -1)
  engine.emit({ kind: 'node-added', node: { ...launch.node, createdAtMs: engine.state.nowMs } })
}

/** The cloud's answer: a ready node, or none. */
export const settleLaunch = (engine: Engine, launchId: number): void => {
  const launch = engine.launches.get(launchId)
  if (launch === undefined) return
  engine.launches.delete(launchId)
  const { node } = launch
  const isUp = launch.failure === null && node !== null && engine.state.nodes.has(node.name)
  if (isUp) {
    engine.emit({ kind: 'node-ready', nodeName: node.name })
    startDaemons(engine, node.name)
    retrySoon(engine)
  } else if (node !== null && engine.state.nodes.has(node.name)) {
    say(engine, 'WARN', `New node ${node.name} did not become healthy in ${counted(gracePeriodMs / 60_000, 'minute')} and was removed.`, node.name)
    engine.emit({ kind: 'node-removed', nodeName: node.name })
  }
  noteSettled(engine, launch, isUp)
}
