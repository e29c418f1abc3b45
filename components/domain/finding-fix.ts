import type { NodeMatch } from '@/lib/domain/matching/match'
import type { FindingId } from '@/lib/domain/readiness/finding'
import { visibleText } from '@/lib/format/safe-text'
import { routes } from '@/lib/routes'

export type Fix = { label: string; href: string }

type Place = { clusterId: string; nodeName: string; match: NodeMatch }

/** `edit`: a change of the group that the node matches cures it; `complete`: one that the node itself tells. `create`: a group for this node. `groups`: any of the groups may be the one. */
const cures: Partial<Record<FindingId, 'edit' | 'complete' | 'create' | 'groups'>> = {
  'no-vng-match': 'create',
  'probably-no-match': 'create',
  'vng-unknown': 'groups',
  'vng-full': 'edit',
  'vng-adds-taint': 'complete',
  'isolation-lost': 'complete',
  'no-zone': 'complete',
  'zone-not-served': 'complete',
  'architecture-differs': 'edit',
  'taint-not-tolerated': 'edit',
  'lands-elsewhere': 'edit',
  'daemonset-stays': 'edit',
  'volume-zone': 'edit',
  'volume-no-zone': 'edit',
  'requests-too-large': 'edit',
  'size-unknown': 'edit',
  'fits-no-vng': 'groups',
}

/** A group made from what a node carries. */
export const fixByGroup = ({ clusterId, nodeName }: Pick<Place, 'clusterId' | 'nodeName'>): Fix => ({ label: 'Fix…', href: routes.vngs(clusterId, { create: 'nodes', nodes: nodeName }) })

/** Where a finding about a node can be cured by a change of node groups; null where it cannot. The template is changed in the Spot console only. */
export const fixOf = (id: FindingId, { clusterId, nodeName, match }: Place): Fix | null => {
  const cure = cures[id]
  if (cure === undefined) return null
  if (cure === 'create') return fixByGroup({ clusterId, nodeName })
  if (cure !== 'groups' && match.kind === 'vng') return { label: `Edit ${visibleText(match.vngName ?? match.vngId)}…`, href: routes.vngs(clusterId, { edit: match.vngId, ...(cure === 'complete' && { nodes: nodeName }) }) }
  return { label: 'Open node groups', href: routes.vngs(clusterId) }
}
