import { Name } from '@/components/ui/name'
import { Status, type StatusName } from '@/components/ui/status'
import type { NodeMatch } from '@/lib/domain/matching/match'
import type { OutcomeCounts } from '@/lib/domain/outcome/counts'
import { runHeadline } from '@/lib/domain/outcome/headline'
import type { Finding, Readiness } from '@/lib/domain/readiness/finding'
import { deletedStatus, nodeLabel, outcomeOf, runLabel } from '@/lib/domain/run-rules'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { outcomeLook } from './outcome-look'

/** What the API says a node would land on; "not said" is kept apart from "no match". */
export const MatchBadge = ({ match }: { match: NodeMatch }) => {
  if (match.kind === 'default') return <span title="The node carries no labels and no taints: it lands on the cluster's template.">Default</span>
  if (match.kind === 'none') return <span className="font-medium text-failed">No match</span>
  if (match.kind === 'not-said')
    return (
      <span className="text-text-3" title="The answer of the API does not name a match for this node.">
        Not said
      </span>
    )
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      {match.vngName ? <span className="truncate">{visibleText(match.vngName)}</span> : null}
      <Name className="text-text-2">{match.vngId}</Name>
    </span>
  )
}

/** The word for each state of readiness, as badges, filters and counts use it. */
export const readinessWords: Record<Readiness, string> = {
  ready: 'Ready',
  'needs-validation': 'Needs validation',
  unable: 'Unable',
  held: 'Held',
}

const tally = (findings: readonly Pick<Finding, 'severity'>[]): string[] => {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length
  return [...(count('warning') > 0 ? [counted(count('warning'), 'warning')] : []), ...(count('note') > 0 ? [counted(count('note'), 'note')] : [])]
}

/** `Ready (Spot checks only), 2 warnings, 1 note`: what readiness rests on, and what is said of the node all the same. */
export const readyWords = (isSpotOnly: boolean, findings: readonly Pick<Finding, 'severity'>[] = []): string =>
  [`${readinessWords.ready}${isSpotOnly ? ' (Spot checks only)' : ''}`, ...tally(findings)].join(', ')

/** Readiness of a node, with the sentence that explains it where there is one. */
export const ReadinessBadge = ({ readiness, sentence }: { readiness: Readiness; sentence?: string }) => (
  <Status name={readiness}>{sentence ?? readinessWords[readiness]}</Status>
)

/** The state of one node of a run, in the vendor's sense and our words. */
export const NodeStatusBadge = ({ status, isVanished = false, hasNoEnd = false }: { status: string; isVanished?: boolean; hasNoEnd?: boolean }) => {
  if (isVanished) return <Status name="failed">Vanished</Status>
  if (hasNoEnd) return <Status name="unknown">Unknown end, last {nodeLabel(status).toLowerCase()}</Status>
  return <Status name={outcomeLook[outcomeOf(status)].status}>{visibleText(nodeLabel(status))}</Status>
}

const runStatusNames: Record<string, StatusName> = {
  IN_PROGRESS: 'moving',
  COMPLETED: 'moved',
  PARTLY_COMPLETED: 'warning',
  FAILED: 'failed',
  STOPPED: 'untouched',
  [deletedStatus]: 'warning',
}

/** A run that ended well must not look like one that did what it should while its nodes say otherwise, or nothing. */
const doubtOf = (status: string, counts: OutcomeCounts | undefined): StatusName | null => {
  if (status.toUpperCase() !== 'COMPLETED' || counts === undefined || counts.total === 0) return null
  if (counts.unknown > 0) return 'unknown'
  return counts.moved === 0 ? 'skipped' : null
}

/** The state of a run. With the counts, an ended run that moved nothing, or does not tell, says so. */
export const RunStatusBadge = ({ status, counts }: { status: string; counts?: OutcomeCounts }) => (
  <Status name={doubtOf(status, counts) ?? runStatusNames[status.toUpperCase()] ?? 'unknown'}>{visibleText(counts === undefined ? runLabel(status) : runHeadline(status, counts))}</Status>
)
