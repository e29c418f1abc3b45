import { vngsAnswer, type InventoryAnswer } from '@/lib/contract/nodes'
import { blastRadius, type BlastRadius } from '@/lib/domain/matching/blast-radius'
import type { Groups } from '@/lib/domain/matching/matcher'
import type { VngDraft } from './vng-document'

export type ClusterNode = InventoryAnswer['nodes'][number]

/** The cluster as a draft meets it. While `nodes` are not read, only the change of the group itself is told. */
export type Surroundings = { groups: Groups; nodes: readonly ClusterNode[] | undefined }

const group = vngsAnswer.shape.vngs.element

/** The parts of a draft that decide which nodes it takes, and that reach nodes which run already. */
export const decidingPartOf = ({ labels, taints }: VngDraft): VngDraft => ({ labels, taints })

/**
 * What saving a draft would do to the nodes of the cluster. `vngId` null makes a new group. Null where the draft
 * cannot be read as a group, and where the group is no longer there.
 */
export const radiusOf = (draft: VngDraft, vngId: string | null, { groups, nodes }: Surroundings): BlastRadius | null => {
  const parsed = group.safeParse({ ...decidingPartOf(draft), id: vngId ?? '', name: '' })
  const before = groups.vngs.find(({ id }) => id === vngId) ?? null
  if (!parsed.success || (vngId !== null && before === null)) return null
  const { labels, taints } = parsed.data
  return blastRadius({ before, after: before === null ? parsed.data : { ...before, labels, taints }, groups, nodes: nodes ?? [] })
}
