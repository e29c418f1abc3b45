import { zoneNumber } from '../matching/own-keys'
import type { Amounts, PlanFacts, PlanLanding, PlanLimits, PlanNodeFacts } from './facts'

/** `tight`: only if the new nodes are fewer or fuller than the old ones. `unknown`: a fact is missing, or there is no limit to hold it against. */
export type CapacityVerdict = 'fits' | 'tight' | 'does-not-fit' | 'unknown'

/** One limit against what would arrive: if each node is replaced by one like it, and at least, by requests alone. */
export type CapacityRow = {
  id: string
  /** The place: a group, the template, or the cluster. */
  place: string
  unit: 'nodes' | 'vCPU' | 'GiB'
  now: number | null
  alike: number | null
  least: number | null
  limit: number | null
  verdict: CapacityVerdict
}

/** Nodes in zones that the group does not serve: replacements come up elsewhere. */
export type ZoneGap = { place: string; zones: string[]; nodes: string[] }

/** Nodes that carry more than the largest size of the group's filters; `limit` is null where no size passes them. */
export type SizeGap = { place: string; limit: string | null; nodes: string[] }

export type Capacity = { rows: CapacityRow[]; zoneGaps: ZoneGap[]; sizeGaps: SizeGap[] }

const mebibytesPerGiB = 1024

const verdictOf = ({ now, alike, least, limit }: Pick<CapacityRow, 'now' | 'alike' | 'least' | 'limit'>): CapacityVerdict => {
  if (limit === null || now === null) return 'unknown'
  if (alike !== null && now + alike <= limit) return 'fits'
  if (least === null) return 'unknown'
  return now + least <= limit ? 'tight' : 'does-not-fit'
}

const sumOf = (nodes: readonly PlanNodeFacts[], part: 'allocatable' | 'requested'): Amounts | null =>
  nodes.reduce<Amounts | null>((sum, node) => {
    const amounts = node[part]
    return sum === null || amounts === null ? null : { milliCpu: sum.milliCpu + amounts.milliCpu, memoryMiB: sum.memoryMiB + amounts.memoryMiB }
  }, { milliCpu: 0, memoryMiB: 0 })

const largest = (nodes: readonly PlanNodeFacts[], of: (amounts: Amounts) => number): number => nodes.reduce((most, { allocatable }) => Math.max(most, allocatable === null ? 0 : of(allocatable)), 0)

/** Nodes that the requests need, each as large as the filters allow, or as the largest of these nodes where they set no limit. */
const leastNodes = (nodes: readonly PlanNodeFacts[], { maxVCpu, maxMemoryGiB }: PlanLanding): number | null => {
  const requested = sumOf(nodes, 'requested')
  const milliCpu = maxVCpu === null ? largest(nodes, (amounts) => amounts.milliCpu) : maxVCpu * 1000
  const memoryMiB = maxMemoryGiB === null ? largest(nodes, (amounts) => amounts.memoryMiB) : maxMemoryGiB * mebibytesPerGiB
  if (requested === null || milliCpu === 0 || memoryMiB === 0) return null
  return Math.max(1, Math.ceil(requested.milliCpu / milliCpu), Math.ceil(requested.memoryMiB / memoryMiB))
}

const rowOf = (row: Omit<CapacityRow, 'verdict'>): CapacityRow => ({ ...row, verdict: verdictOf(row) })

/** Where no size passes the filters no node comes up, whatever the limits. */
const withSizes = (row: CapacityRow, { hasSizes }: PlanLanding): CapacityRow => (hasSizes ? row : { ...row, verdict: 'does-not-fit' })

const landingRow = (landing: PlanLanding, nodes: readonly PlanNodeFacts[], areNodesRead: boolean): CapacityRow =>
  rowOf({
    id: landing.vngId ?? landing.name,
    place: landing.name,
    unit: 'nodes',
    now: areNodesRead ? landing.nodesNow : null,
    alike: nodes.length,
    least: leastNodes(nodes, landing),
    limit: landing.maxCount,
  })

const verdicts: readonly CapacityVerdict[] = ['does-not-fit', 'tight', 'unknown', 'fits']

/** The worst of several verdicts. */
export const worstVerdict = (rows: readonly CapacityRow[]): CapacityVerdict => verdicts.find((verdict) => rows.some((row) => row.verdict === verdict)) ?? 'unknown'

/** The template's count is what its groups inherit and no limit for nodes of its own: those are held by the cluster's limits alone. */
const templateRow = (landing: PlanLanding, nodes: readonly PlanNodeFacts[], cluster: readonly CapacityRow[]): CapacityRow => ({
  id: 'default',
  place: landing.name,
  unit: 'nodes',
  now: null,
  alike: nodes.length,
  least: leastNodes(nodes, landing),
  limit: null,
  verdict: worstVerdict(cluster),
})

/** Whole vCPUs: AKS keeps less than one of a node's for itself. */
const vCpus = (nodes: readonly PlanNodeFacts[]): number | null =>
  nodes.reduce<number | null>((sum, { allocatable }) => (sum === null || allocatable === null ? null : sum + Math.ceil(allocatable.milliCpu / 1000)), 0)

const clusterRows = (nodes: readonly PlanNodeFacts[], limits: PlanLimits | null): CapacityRow[] => {
  const allocatable = sumOf(nodes, 'allocatable')
  const requested = sumOf(nodes, 'requested')
  const gibibytes = (amounts: Amounts | null) => (amounts === null ? null : Math.ceil(amounts.memoryMiB / mebibytesPerGiB))
  return [
    rowOf({ id: 'cluster-vcpu', place: 'Cluster', unit: 'vCPU', now: limits?.vCpuNow ?? null, alike: vCpus(nodes), least: requested === null ? null : Math.ceil(requested.milliCpu / 1000), limit: limits?.maxVCpu ?? null }),
    rowOf({ id: 'cluster-memory', place: 'Cluster', unit: 'GiB', now: limits === null ? null : Math.ceil(limits.memoryGiBNow), alike: gibibytes(allocatable), least: gibibytes(requested), limit: limits?.maxMemoryGiB ?? null }),
  ]
}

const zoneGap = ({ name, zones }: PlanLanding, nodes: readonly PlanNodeFacts[]): ZoneGap[] => {
  if (zones === null) return []
  const outside = nodes.filter((node) => {
    const zone = node.zone === null ? null : zoneNumber(node.zone)
    return zone !== null && !zones.includes(zone)
  })
  return outside.length === 0 ? [] : [{ place: name, zones, nodes: outside.map(({ nodeName }) => nodeName) }]
}

const sizeGap = ({ name, hasSizes, maxVCpu, maxMemoryGiB }: PlanLanding, nodes: readonly PlanNodeFacts[]): SizeGap[] => {
  if (!hasSizes) return [{ place: name, limit: null, nodes: nodes.map(({ nodeName }) => nodeName) }]
  const isOver = ({ requested }: PlanNodeFacts) =>
    requested !== null && ((maxVCpu !== null && requested.milliCpu > maxVCpu * 1000) || (maxMemoryGiB !== null && requested.memoryMiB > maxMemoryGiB * mebibytesPerGiB))
  const over = nodes.filter(isOver)
  const limit = [...(maxVCpu === null ? [] : [`${maxVCpu} vCPU`]), ...(maxMemoryGiB === null ? [] : [`${maxMemoryGiB} GiB`])].join(' and ')
  return over.length === 0 ? [] : [{ place: name, limit, nodes: over.map(({ nodeName }) => nodeName) }]
}

/**
 * Whether what moves finds room: every group that nodes lead to against its count, zones and sizes, the
 * cluster against its limits. The old nodes are not Ocean's and do not count. Azure's quota is not in this API.
 */
export const capacityOf = (nodeNames: ReadonlySet<string>, { nodes, landings, limits }: PlanFacts): Capacity => {
  const moving = nodes.filter(({ nodeName }) => nodeNames.has(nodeName))
  const byLanding = landings.flatMap((landing, index) => {
    const arriving = moving.filter((node) => node.landing === index)
    return arriving.length === 0 ? [] : [{ landing, arriving }]
  })
  const cluster = clusterRows(moving, limits)
  return {
    rows: [...byLanding.map(({ landing, arriving }) => withSizes(landing.vngId === null ? templateRow(landing, arriving, cluster) : landingRow(landing, arriving, limits !== null), landing)), ...cluster],
    zoneGaps: byLanding.flatMap(({ landing, arriving }) => zoneGap(landing, arriving)),
    sizeGaps: byLanding.flatMap(({ landing, arriving }) => sizeGap(landing, arriving)),
  }
}
