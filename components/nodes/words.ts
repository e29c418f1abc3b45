import type { FindingId } from '@/lib/domain/readiness/finding'

/** Short names of the findings, for filters. The sentence itself stands in the row. */
export const findingNames: Record<FindingId, string> = {
  'no-vng-match': 'No VNG match',
  'match-not-said': 'Match not said',
  'vng-unknown': 'Unknown VNG',
  'node-not-ready': 'Node not ready',
  'node-not-reported': 'Node not reported',
  'system-pool': 'System pool',
  'controller-stale': 'Controller silent',
  'controller-unknown': 'Heartbeat not read',
}

/** The word of a match key, where it is not the id of a group. */
export const matchWords: Record<string, string> = { default: 'Default', none: 'No match', 'not-said': 'Not said' }
