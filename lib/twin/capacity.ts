import { say, type Engine } from './engine-context'
import { matchOf } from './match'
import { between, letters } from './random'
import type { CapacityRow, CapacityStatus, TwinNode, TwinRun, TwinState, TwinVng } from './types'

const launchDelayMs = { low: 120_000, high: 300_000 }
const base36 = '0123456789abcdefghijklmnopqrstuvwxyz'

type Demand = { old: TwinNode; vng: TwinVng }

/** The group an old node falls to: its match, and the template's stand-in for `Default`. */
export const groupFor = (state: TwinState, node: TwinNode): TwinVng | null => {
  const match = matchOf(node, state.vngs.values())
  if (match === null) return null
  return match === 'Default' ? templateGroup(state) : (state.vngs.get(match) ?? null)
}

/** The id under which nodes from the cluster's template appear; how the vendor names them is not published. */
export const templateGroupId = 'vng-00000000'

const templateGroup = (state: TwinState): TwinVng => ({
  ...state.cluster.template,
  id: templateGroupId,
  name: 'Default',
  createdAtMs: state.cluster.createdAtMs,
  updatedAtMs: state.cluster.updatedAtMs,
})

const countNodes = (state: TwinState, vngId: string): number => {
  let count = 0
  for (const node of state.nodes.values()) if (node.vngId === vngId) count += 1
  return count
}

const poolFor = (state: TwinState, engine: Engine, run: TwinRun, vng: TwinVng): string => {
  for (const row of run.capacity.values()) if (row.vngId === vng.id) return row.poolName
  for (const node of state.nodes.values()) if (node.vngId === vng.id) return node.poolName
  return `omnp${letters(engine.random, 8)}`
}

/** A group names its zones by number; a node's zone is the region and the number. */
const landingZone = (vng: TwinVng, old: TwinNode): string => {
  const number = old.zone.slice(old.zone.lastIndexOf('-') + 1)
  const wanted = vng.availabilityZones.includes(number) ? number : (vng.availabilityZones[0] ?? number)
  return `${old.zone.slice(0, old.zone.lastIndexOf('-'))}-${wanted}`
}

const replacementFor = (engine: Engine, { old, vng }: Demand, poolName: string): TwinNode => {
  const { random, state } = engine
  const zone = landingZone(vng, old)
  const isSpot = random() * 100 < vng.spotPercentage
  const fellBack = isSpot && vng.fallbackToOd && random() < 0.06
  const lifecycle = isSpot && !fellBack ? 'Spot' : 'OnDemand'
  const name = `aks-${poolName}-${String(between(random, 10_000_000, 99_999_999))}-vmss${letters(random, 6, base36)}`
  return {
    ...old,
    name,
    poolName,
    mode: 'user',
    vngId: vng.id,
    zone,
    lifecycle,
    isReady: true,
    isCordoned: false,
    createdAtMs: state.nowMs,
    ipAddress: `10.241.${between(random, 0, 254)}.${between(random, 4, 250)}`,
    nodeId: `vm-${letters(random, 10)}`,
    // A landing node carries what the group gives it; the old node's own labels only where no group says otherwise.
    labels: {
      ...Object.fromEntries(Object.entries(old.labels).filter(([key]) => key.includes('/'))),
      ...vng.labels,
      agentpool: poolName,
      'kubernetes.azure.com/agentpool': poolName,
      'kubernetes.azure.com/scalesetpriority': lifecycle === 'Spot' ? 'spot' : 'regular',
      'topology.kubernetes.io/zone': zone,
      'kubernetes.io/hostname': name,
      'spotinst.io/node-lifecycle': lifecycle === 'Spot' ? 'spot' : 'od',
    },
    taints: vng.taints,
  }
}

const managedMilliCpu = (state: TwinState): number => {
  let milliCpu = 0
  for (const node of state.nodes.values()) if (node.vngId !== null) milliCpu += node.allocatable.milliCpu
  return milliCpu
}

/**
 * Asks for one new node for each old one of the batch. Each arrives, or fails to, on its own; what cannot
 * even be asked for (no group, a limit, no capacity in the cloud) fails after the same delay, as it does
 * in reality.
 */
export const scaleUp = (engine: Engine, run: TwinRun, nodeNames: string[]): void => {
  const { state, switches } = engine
  const rows = new Map<string, CapacityRow>()
  const asked = new Map<string, number>()
  let milliCpu = managedMilliCpu(state)
  for (const nodeName of nodeNames) {
    const old = state.nodes.get(nodeName)
    if (old === undefined) continue
    const vng = groupFor(state, old)
    if (vng === null) {
      engine.after(between(engine.random, launchDelayMs.low, launchDelayMs.high), { kind: 'capacity-arrives', runId: run.id, nodeName, replacement: null })
      continue
    }
    const already = asked.get(vng.id) ?? countNodes(state, vng.id)
    const isLimited = already >= vng.maxCount || milliCpu + old.allocatable.milliCpu > state.cluster.maxVCpu * 1000
    const isBarren = switches.vngsWithoutCapacity.includes(vng.id) || switches.cursedNodes.includes(nodeName)
    const known = [...rows.values()].find((row) => row.vngId === vng.id)
    const poolName = known?.poolName ?? poolFor(state, engine, run, vng)
    const row = known ?? { poolName, vngId: vng.id, newNodes: 0, status: 'SCALING' as const }
    rows.set(poolName, { ...row, newNodes: row.newNodes + 1 })
    const replacement = isLimited || isBarren ? null : replacementFor(engine, { old, vng }, poolName)
    if (replacement !== null) {
      asked.set(vng.id, already + 1)
      milliCpu += old.allocatable.milliCpu
    }
    if (isLimited) say(engine, 'WARN', `Virtual node group ${vng.name} cannot grow: its node limit or the cluster's vCPU limit is reached.`, nodeName)
    engine.after(between(engine.random, launchDelayMs.low, launchDelayMs.high), { kind: 'capacity-arrives', runId: run.id, nodeName, replacement })
  }
  for (const row of rows.values()) {
    const before = run.capacity.get(row.poolName)
    engine.emit({ kind: 'capacity', runId: run.id, row: { ...row, newNodes: row.newNodes + (before?.newNodes ?? 0) } })
    say(engine, 'INFO', `Scaling node pool ${row.poolName}: ${row.newNodes} new node${row.newNodes === 1 ? '' : 's'} for migration ${run.id}.`)
  }
}

/** Settles the capacity rows of a batch once each of its nodes has its answer. */
export const settleCapacity = (engine: Engine, run: TwinRun, arrived: Map<string, number>, missing: Map<string, number>): void => {
  for (const row of run.capacity.values()) {
    if (row.status !== 'SCALING') continue
    const up = arrived.get(row.vngId) ?? 0
    const lost = missing.get(row.vngId) ?? 0
    const status: CapacityStatus = lost === 0 ? 'COMPLETED' : up === 0 ? 'FAILED' : 'PARTIAL_SUCCESS'
    engine.emit({ kind: 'capacity', runId: run.id, row: { ...row, newNodes: row.newNodes - lost, status } })
  }
}
