import type { Ledger, LedgerId } from '@/lib/domain/outcome/ledger'
import type { GroupYield, SpotCount, SpotYield } from '@/lib/domain/outcome/yield'
import { isListRead, lastProblemOf, type LandingState } from '@/lib/domain/progress/landing'
import type { Outcome } from '@/lib/domain/run-rules'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'

/** The word of each line, and the outcome whose look it has. Unknown nodes are named by their status. */
export const ledgerLook: Record<LedgerId, { word: string; outcome: Outcome }> = {
  moved: { word: 'moved', outcome: 'moved' },
  skippedByBudget: { word: 'skipped by PDB', outcome: 'skipped' },
  skippedByHold: { word: 'skipped by restrict scale down', outcome: 'skipped' },
  heldByPods: { word: 'not migrated, with pods that restrict scale down', outcome: 'skipped' },
  failed: { word: 'failed', outcome: 'failed' },
  vanished: { word: 'vanished', outcome: 'failed' },
  untouched: { word: 'not migrated', outcome: 'untouched' },
  unknown: { word: 'in an unknown state', outcome: 'unknown' },
  noEnd: { word: 'of unknown end', outcome: 'unknown' },
  moving: { word: 'in progress', outcome: 'moving' },
  toGo: { word: 'to be migrated', outcome: 'toGo' },
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** "9 spot, 3 on demand", without what is none. */
export const kindWords = ({ spot, onDemand, unsaid, gone }: SpotCount): string =>
  [
    [spot, 'spot'],
    [onDemand, 'on demand'],
    [unsaid, 'not said'],
  ]
    .flatMap(([count, word]) => (Number(count) > 0 ? [`${formatCount(Number(count))} ${word}`] : []))
    .join(', ') + (gone > 0 ? `; ${formatCount(gone)} of them gone since` : '')

/** The share of spot, by nodes and by what pods can use of their CPUs. */
export const yieldWords = ({ spotShare, spotCpuShare }: SpotCount): string | null => {
  if (spotShare === null) return null
  return `${percent(spotShare)} of nodes${spotCpuShare === null ? '' : ` and ${percent(spotCpuShare)} of allocatable CPU`} on spot`
}

/** What came against what the group asks for. */
export const targetWords = ({ target, spotShare, onDemand }: GroupYield): string | null => {
  if (target === null || spotShare === null) return null
  const isShort = onDemand > 0 && Math.round(spotShare * 100) < target
  return isShort ? `asks for ${target} % spot and got ${percent(spotShare)}` : `asks for ${target} % spot`
}

export const capacityWords = (capacity: SpotYield | null): string => {
  if (capacity === null) return 'unknown'
  return capacity.nodes === 0 ? 'none seen' : kindWords(capacity)
}

/** What is not known of nodes because the last look did not get their list; null where it did. */
export const unseenWords = (landing: LandingState): string | null => {
  const problem = lastProblemOf(landing)
  if (problem === null) return null
  return `Nodes at the last look: unknown. ${problem}${isListRead(landing) ? ' New capacity, and which nodes have vanished, are as an earlier look found them.' : ''}`
}

/** Pods, line by line; what is unknown says why. */
export const podLines = ({ pods: { left, lostOnPurpose, pending } }: Ledger): string[] => [
  left === null ? 'Pods that left moved nodes: unknown, not all of these nodes were seen with their pods before they moved.' : `${counted(left, 'pod')} left nodes that moved, by Spot’s count.`,
  lostOnPurpose.state === 'unknown'
    ? `Stand-alone pods lost on purpose: unknown, ${lostOnPurpose.why}.`
    : `${counted(lostOnPurpose.pods.length, 'stand-alone pod')} lost on purpose.`,
  pending.state === 'unknown' ? `Pending pods: unknown, ${pending.why}.` : `${counted(pending.pods, 'pod')} pending at the last look.${pending.reasons.map(({ reason, pods }) => ` ${formatCount(pods)}: ${reason}`).join('')}`,
]
