import { readingWords } from '@/components/domain/reading-words'
import { readingsDiffer, shapeOf, type BatchReading } from '@/lib/domain/batches/batch-sizes'
import type { LearnedReading } from '@/lib/domain/batches/learn'
import { counted, listed } from '@/lib/format/plural'

const uncounted = 'How many nodes the cluster has could not be read, so it may be so large that all go at once'

/** What is not known of the readings that are open, or null. */
export const uncountedText = (open: readonly BatchReading[]): string | null => (open.some(({ isAssumed }) => isAssumed) ? `${uncounted}.` : null)

/** By which of the open readings a plan is drawn, as the end of a sentence; empty where they all give the same. */
export const drawnBy = (open: BatchReading[], { state }: Pick<LearnedReading, 'state'>): string => {
  const isOne = new Set(open.map(({ model }) => model)).size === 1
  if (state === 'learned' && isOne) return ', by the reading that your recorded runs show'
  if (!readingsDiffer(open)) return ''
  return state === 'learned' ? ', by the one of the readings your recorded runs leave open that disrupts most' : ', by the reading that disrupts most'
}

type ShapeText = { title: string; text: string }

/** The two shapes of a run that people regret, under any reading that is open: everything at once, and batches of one node. */
export const shapeTexts = (open: readonly BatchReading[], nodes: number): ShapeText[] => {
  const { allAtOnce, single } = shapeOf(open)
  const models = new Set(open.map(({ model }) => model)).size
  const isEach = single.length === models && single.every((each) => each.single === each.batches)
  const counts = single.map(({ model, single: ones, batches }) => `${ones} of ${counted(batches, 'batch', 'batches')} read as ${readingWords[model]}`)
  const atOnce = `all ${counted(nodes, 'node')} may move in one batch. Lower the batch size, or migrate in several runs.`
  return [
    ...(allAtOnce.length > 0 ? [{ title: 'All at once.', text: `Read as ${allAtOnce.map((model) => readingWords[model]).join(' or as ')}, ${atOnce}` }] : []),
    ...(isEach && single.length > 0
      ? [{ title: 'One node at a time.', text: 'Each batch has a single node, so the first that fails ends the run, whatever the healthy percentage.' }]
      : single.length > 0
        ? [{ title: 'A batch of one node.', text: `If that node fails the run ends, whatever the healthy percentage: ${listed(counts)}.` }]
        : []),
  ]
}
