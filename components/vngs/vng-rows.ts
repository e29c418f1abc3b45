import type { NodesAnswer } from '@/lib/contract/nodes'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { Vng, VngSpec } from '@/lib/spot/schemas/vng'

/** Nodes that run in a group, by what they are paid as. Their sum may be less than `nodes` where the API does not say. */
export type Running = { nodes: number; spot: number; onDemand: number }

/** A group, or the template all groups inherit from. What is counted is null while it is not read. */
export type VngRow = {
  id: string
  kind: 'group' | 'template'
  name: string
  spec: VngSpec
  /** What a group leaves open comes from here; null for the template itself, and where the cluster's is not known. */
  inherits: VngSpec | null
  running: Running | null
  /** Unmanaged nodes that match it by Spot's word: a migration would bring them here. */
  wouldTake: number | null
}

const none: Running = { nodes: 0, spot: 0, onDemand: 0 }

const runningByVng = (nodes: readonly SpotNode[]): ReadonlyMap<string, Running> => {
  const counts = new Map<string, Running>()
  for (const { virtualNodeGroupId, lifeCycle } of nodes) {
    if (virtualNodeGroupId === null) continue
    const { nodes: known, spot, onDemand } = counts.get(virtualNodeGroupId) ?? none
    counts.set(virtualNodeGroupId, { nodes: known + 1, spot: spot + Number(lifeCycle === 'Spot'), onDemand: onDemand + Number(lifeCycle === 'OnDemand') })
  }
  return counts
}

const matchesByVng = (nodes: NodesAnswer['nodes']): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { match } of nodes) {
    const id = match.kind === 'vng' ? match.vngId : match.kind === 'default' ? templateId : null
    if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

const templateId = 'template'

export type VngFacts = { vngs: readonly Vng[]; template: VngSpec | null; nodes: readonly SpotNode[] | undefined; unmanaged: NodesAnswer['nodes'] | undefined }

/** The groups by name, the template last as `Default`: so Spot calls it where a node would land on it. */
export const vngRows = ({ vngs, template, nodes, unmanaged }: VngFacts): VngRow[] => {
  const running = nodes ? runningByVng(nodes) : null
  const matches = unmanaged ? matchesByVng(unmanaged) : null
  const known = new Set(vngs.map(({ id }) => id))
  const wouldTake = (id: string) => (matches ? (matches.get(id) ?? 0) : null)
  const groups = vngs
    .map((vng): VngRow => ({ id: vng.id, kind: 'group', name: vng.name, spec: vng, inherits: template, running: running ? (running.get(vng.id) ?? none) : null, wouldTake: wouldTake(vng.id) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  if (template === null) return groups
  const others = running ? [...running].filter(([id]) => !known.has(id)).map(([, counts]) => counts) : null
  const onTemplate = others?.reduce((sum, { nodes: count, spot, onDemand }) => ({ nodes: sum.nodes + count, spot: sum.spot + spot, onDemand: sum.onDemand + onDemand }), none) ?? null
  return [...groups, { id: templateId, kind: 'template', name: 'Default', spec: template, inherits: null, running: onTemplate, wouldTake: wouldTake(templateId) }]
}

/** What a row has of something, its own or the template's; null where neither has any. */
export const heldOf = <Value>({ spec, inherits }: Pick<VngRow, 'spec' | 'inherits'>, valueOf: (spec: VngSpec) => Value | null): { value: Value; isInherited: boolean } | null => {
  const own = valueOf(spec)
  if (own !== null) return { value: own, isInherited: false }
  const inherited = inherits === null ? null : valueOf(inherits)
  return inherited === null ? null : { value: inherited, isInherited: true }
}

const filled = (texts: string[]): string[] | null => (texts.length === 0 ? null : texts)

/** Labels as people write them; null where there are none: an empty list is taken for the template's, as in matching. */
export const labelList = ({ labels }: Pick<VngSpec, 'labels'>): string[] | null => filled(Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`)))
export const taintList = ({ taints }: Pick<VngSpec, 'taints'>): string[] | null => filled(taints.map(({ key, value, effect }) => `${key}${value === '' ? '' : `=${value}`}:${effect}`))

/** The least and most nodes: `0 to 1,000`; null where neither is set. */
export const limitsText = ({ nodeCountLimits: { minCount, maxCount } }: VngSpec, format: (value: number) => string): string | null => {
  if (minCount === null && maxCount === null) return null
  if (maxCount === null) return `from ${format(minCount ?? 0)}`
  return minCount === null ? `up to ${format(maxCount)}` : `${format(minCount)} to ${format(maxCount)}`
}

const range = (low: number | null, high: number | null, unit: string): string | null => {
  if (low === null && high === null) return null
  if (low === high) return `${low} ${unit}`
  return low === null ? `up to ${high} ${unit}` : high === null ? `from ${low} ${unit}` : `${low} to ${high} ${unit}`
}

/** Which sizes a group may use, in words; null where it says nothing. */
export const sizesText = ({ vmSizes }: VngSpec, short: (size: string) => string): string | null => {
  const { preferredVmSizes, filters } = vmSizes ?? { preferredVmSizes: null, filters: null }
  const parts = [
    preferredVmSizes && preferredVmSizes.length > 0 ? preferredVmSizes.map(short).join(', ') : null,
    filters && range(filters.minVCpu, filters.maxVCpu, 'vCPU'),
    filters && range(filters.minMemoryGiB, filters.maxMemoryGiB, 'GiB'),
    filters && range(filters.minGpu, filters.maxGpu, 'GPU'),
    filters?.series?.length ? `series ${filters.series.join(', ')}` : null,
    filters?.excludeSeries?.length ? `not ${filters.excludeSeries.join(', ')}` : null,
  ]
  const text = parts.filter((part) => part !== null && part !== '').join('; ')
  return text === '' ? null : text
}

/** Pools of nodes that Ocean does not manage, by size: those that a group could be made like. */
export const unmanagedPools = (unmanaged: NodesAnswer['nodes']): { poolName: string; nodes: number; unmatched: number }[] => {
  const pools = new Map<string, { nodes: number; unmatched: number }>()
  for (const { poolName, match } of unmanaged) {
    const pool = pools.get(poolName) ?? { nodes: 0, unmatched: 0 }
    pools.set(poolName, { nodes: pool.nodes + 1, unmatched: pool.unmatched + Number(match.kind === 'none') })
  }
  return [...pools].map(([poolName, counts]) => ({ poolName, ...counts })).sort((a, b) => b.unmatched - a.unmatched || a.poolName.localeCompare(b.poolName, 'en'))
}
