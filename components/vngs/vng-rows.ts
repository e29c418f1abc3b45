import type { SpotNode } from '@/lib/spot/schemas/node'
import type { Vng, VngSpec } from '@/lib/spot/schemas/vng'

/** A group, or the template all groups inherit from. `running` is null while the nodes are not read. */
export type VngRow = { id: string; kind: 'group' | 'template'; name: string; spec: VngSpec; running: number | null }

const runningByVng = (nodes: readonly SpotNode[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { virtualNodeGroupId } of nodes)
    if (virtualNodeGroupId !== null) counts.set(virtualNodeGroupId, (counts.get(virtualNodeGroupId) ?? 0) + 1)
  return counts
}

/** The groups by name, the template last: no node belongs to it. */
export const vngRows = (vngs: readonly Vng[], template: VngSpec | null, nodes: readonly SpotNode[] | undefined): VngRow[] => {
  const running = nodes ? runningByVng(nodes) : null
  const groups = vngs
    .map((vng): VngRow => ({ id: vng.id, kind: 'group', name: vng.name, spec: vng, running: running ? (running.get(vng.id) ?? 0) : null }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  return template ? [...groups, { id: 'template', kind: 'template', name: 'Template', spec: template, running: null }] : groups
}

export const labelList = ({ labels }: Pick<VngSpec, 'labels'>): string[] => Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`))
export const taintList = ({ taints }: Pick<VngSpec, 'taints'>): string[] => taints.map(({ key, value, effect }) => `${key}${value === '' ? '' : `=${value}`}:${effect}`)

/** The least and most nodes: `0 to 1,000`; null where neither is set. */
export const limitsText = ({ nodeCountLimits: { minCount, maxCount } }: VngSpec, format: (value: number) => string): string | null => {
  if (minCount === null && maxCount === null) return null
  if (maxCount === null) return `from ${format(minCount ?? 0)}`
  return minCount === null ? `up to ${format(maxCount)}` : `${format(minCount)} to ${format(maxCount)}`
}
