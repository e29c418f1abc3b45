import { Notice } from '@/components/ui/notice'
import type { BlastRadius } from '@/lib/domain/matching/blast-radius'
import { NodeNames } from './node-names'
import { matchParts } from './radius-words'

/** What changes for matches when a group is changed or deleted; nothing where nothing does. */
export const MatchEffects = ({ radius }: { radius: BlastRadius }) =>
  matchParts(radius).map(({ title, nodeNames }) => (
    <Notice key={title} tone={nodeNames === radius.newlyMatched ? 'done' : 'warning'} title={title}>
      <NodeNames names={nodeNames} />
    </Notice>
  ))
