import { readingWords } from '@/components/domain/reading-words'
import type { RunRecord } from '@/lib/contract/run'
import { closestPrediction } from '@/lib/domain/batches/predicted'
import type { RunState } from '@/lib/domain/progress/state'
import { counted, listedFew, plural } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'

/** Where the batches that were foreseen before the launch differ from those that were seen. Null where there is nothing to hold against each other. */
export const predictedText = ({ predicted }: Pick<RunRecord, 'predicted'>, { nodes, facts }: Pick<RunState, 'nodes' | 'facts'>): string | null => {
  if (predicted === undefined) return null
  const numOfBatches = facts?.numOfBatches ?? null
  const met = closestPrediction(predicted, nodes.values(), numOfBatches)
  if (met === null) return null
  const { model, batches, seen, others } = met
  const by = `read as ${readingWords[model]}`
  const number = numOfBatches === null || numOfBatches === batches ? [] : [`Spot has ${counted(numOfBatches, 'batch', 'batches')}, and ${batches} ${plural(batches, 'was', 'were')} predicted.`]
  if (others.length === 0) return [`${counted(seen, 'node')} seen in a batch, each in the one that was predicted before the launch, ${by}.`, ...number].join(' ')
  const named = others.map((node) => `${visibleText(node.nodeName)} (predicted ${node.predicted}, seen ${node.seen})`)
  return [`${others.length} of ${counted(seen, 'node')} seen in another batch than predicted before the launch, ${by}: ${listedFew(named)}.`, ...number].join(' ')
}
