import type { PoolGap, Sending } from '@/lib/domain/plan/sending'
import { counted, listed, plural } from '@/lib/format/plural'
import { poolsText } from '@/lib/format/pools'
import { visibleText } from '@/lib/format/safe-text'

const poolsInSentence = 3

const part = (names: readonly string[], words: string): string[] => (names.length === 0 ? [] : [`${names.length} ${words}`])

const gapText = ({ poolName, notSelected, held, unable }: PoolGap): string =>
  `${visibleText(poolName)} (${[...part(notSelected, 'not selected'), ...part(held, 'held'), ...part(unable, 'cannot move')].join(', ')})`

/** Why pools cannot stand for the plan; null where they can. */
export const notByPool = ({ gaps, canBeByPool }: Sending): string | null => {
  if (canBeByPool) return null
  if (gaps.length === 0) return 'Spot does not say in which pools these nodes are.'
  const rest = gaps.length - poolsInSentence
  const pools = gaps.slice(0, poolsInSentence).map(gapText)
  return `Not for this plan: it leaves out nodes of ${listed(rest > 0 ? [...pools, counted(rest, 'other pool')] : pools)}.`
}

export const byNameHelp = (nodes: number): string => `${nodes === 1 ? 'Exactly this node moves' : `Exactly these ${counted(nodes, 'node')} move`}. A node that joins a pool later is not part of the run.`

export const byPoolHelp = ({ poolNames }: Sending): string =>
  `Spot takes every node that it finds in ${poolsText(poolNames)} when it starts: one that joins after Slipway’s last look moves too. While somebody holds a node in ${plural(poolNames.length, 'it', 'them')}, the launch is refused.`

/** How the plan is sent, as a line of a review. */
export const sendingText = ({ sentPools }: Sending, nodes: number): string =>
  sentPools === null ? `Sent as ${counted(nodes, 'node')} by name.` : `Sent as ${poolsText(sentPools)}: Spot takes every node that it finds in ${plural(sentPools.length, 'it', 'them')} when it starts.`
