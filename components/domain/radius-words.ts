import type { BlastRadius } from '@/lib/domain/matching/blast-radius'
import type { NodeMatch } from '@/lib/domain/matching/match'
import { counted, plural } from '@/lib/format/plural'

/** A match as a name in a sentence. */
export const matchText = (match: NodeMatch): string => {
  if (match.kind === 'vng') return match.vngName ?? match.vngId
  return match.kind === 'default' ? 'Default' : match.kind === 'none' ? 'no group' : 'a group that Spot does not name'
}

export type RadiusPart = { title: string; nodeNames: string[] }

/** What happens to matches of nodes that Ocean does not manage yet: what is lost first. Empty where nothing does. */
export const matchParts = ({ losingMatch, moving, newlyMatched }: Pick<BlastRadius, 'losingMatch' | 'moving' | 'newlyMatched'>): RadiusPart[] => {
  const parts = [
    { title: `${counted(losingMatch.length, 'unmanaged node')} would match nothing any more.`, nodeNames: losingMatch },
    ...moving.map(({ from, to, nodeNames }) => ({ title: `${counted(nodeNames.length, 'unmanaged node')} would match ${matchText(to)} in place of ${matchText(from)}.`, nodeNames })),
    { title: `${counted(newlyMatched.length, 'unmanaged node')} would match and ${plural(newlyMatched.length, 'does', 'do')} not now.`, nodeNames: newlyMatched },
  ]
  return parts.filter(({ nodeNames }) => nodeNames.length > 0)
}

export const runningTitle = (nodes: number): string => (nodes === 0 ? 'No node runs in this group now.' : `${counted(nodes, 'running node')} ${plural(nodes, 'changes', 'change')} at once.`)
