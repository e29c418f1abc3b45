import type { TwinState } from '@/lib/twin/types'
import { metadataOf } from '../meta'
import { ageColumn, nameColumn, plainEntry, shown, type Resource } from '../resource'
import type { View } from '../view'

const namespace = 'kube-system'
const name = 'cluster-autoscaler-status'
/** An AKS pool has no more nodes than this (Azure, AKS limits). */
const largestPool = 1_000

type Group = { name: string; nodes: number }

/** The scale sets of the pools that are scaled by AKS: a run takes its own out. */
const groupsOf = ({ nodes, pools }: TwinState): Group[] => {
  const counts = new Map<string, number>()
  for (const { poolName } of nodes.values()) counts.set(poolName, (counts.get(poolName) ?? 0) + 1)
  return [...pools.values()].flatMap(({ name: pool, scaleSet, scaling, vngId }) => (scaling === 'auto' && vngId === null ? [{ name: `aks-${pool}-${scaleSet}-vmss`, nodes: counts.get(pool) ?? 0 }] : []))
}

const healthLines = (nodes: number, at: string): string[] => [
  'health:',
  '  status: Healthy',
  '  nodeCounts:',
  '    registered:',
  `      total: ${nodes}`,
  `      ready: ${nodes}`,
  '      notStarted: 0',
  '    longUnregistered: 0',
  '    unregistered: 0',
  `  lastProbeTime: "${at}"`,
]

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)

const groupLines = (group: Group, at: string): string[] => [
  `- name: ${group.name}`,
  ...indented([...healthLines(group.nodes, at), `  cloudProviderTarget: ${group.nodes}`, '  minSize: 1', `  maxSize: ${largestPool}`, 'scaleUp:', '  status: NoActivity', 'scaleDown:', '  status: NoCandidates']),
]

/** The YAML that is written since 1.30 (kubernetes/autoscaler, clusterstate/api). */
const statusText = (groups: readonly Group[], nowMs: number): string => {
  const at = new Date(nowMs).toISOString()
  const all = groups.reduce((sum, { nodes }) => sum + nodes, 0)
  return [`time: ${at.replace('T', ' ').replace('Z', ' +0000 UTC')}`, 'autoscalerStatus: Running', 'clusterWide:', ...indented(healthLines(all, at)), 'nodeGroups:', ...groups.flatMap((group) => groupLines(group, at)), ''].join('\n')
}

const statusObject = (view: View, groups: readonly Group[]) => ({
  metadata: metadataOf(view, { kind: 'ConfigMap', namespace, name, version: view.ledger.version(), createdMs: view.state.cluster.createdAtMs }),
  data: { status: statusText(groups, view.nowMs) },
})
type StatusObject = ReturnType<typeof statusObject>

/** One of them: what AKS's autoscaler writes of itself, where it scales some pool. */
export const configMaps: Resource = {
  group: '',
  versions: ['v1'],
  plural: 'configmaps',
  singular: 'configmap',
  kind: 'ConfigMap',
  shortNames: ['cm'],
  isNamespaced: true,
  fieldNames: [],
  columns: [nameColumn, shown<StatusObject>('Data', ({ data }) => Object.keys(data).length, 'integer'), ageColumn],
  entries: (view) => {
    const groups = groupsOf(view.state)
    return groups.length === 0 ? [] : [plainEntry(namespace, name, () => statusObject(view, groups))]
  },
}
