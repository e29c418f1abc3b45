import { z } from 'zod'
import { batchModels, type BatchModel, type BatchReading } from './batch-sizes'
import { interleaveByPool, type BatchNode } from './compose'

/** The batches that were foreseen before a launch: one order, divided once for each reading of the batch size that was open. */
export const predictedBatches = z.object({
  /** Names of the nodes in the order in which they were expected to be taken. */
  order: z.array(z.string()),
  readings: z.array(z.object({ model: z.enum(batchModels), sizes: z.array(z.number()) })),
})
export type PredictedBatches = z.infer<typeof predictedBatches>

/** What is foreseen of these nodes under the readings that are open. */
export const predictBatches = (nodes: readonly BatchNode[], open: readonly BatchReading[]): PredictedBatches => ({
  order: interleaveByPool(nodes).map(({ nodeName }) => nodeName),
  readings: open.map(({ model, sizes }) => ({ model, sizes })),
})

/** A prediction held against what was seen: `seen` nodes of it were, `others` of them in another batch. */
export type PredictionMet = { model: BatchModel; batches: number; seen: number; others: { nodeName: string; predicted: number; seen: number }[] }

type Seen = { nodeName: string; batch: number | null }

const meet = ({ order }: PredictedBatches, { model, sizes }: PredictedBatches['readings'][number], seenIn: ReadonlyMap<string, number>): PredictionMet => {
  const batchOf = sizes.flatMap((size, index) => Array.from({ length: size }, () => index + 1))
  const met = order.flatMap((nodeName, index) => {
    const [predicted, seen] = [batchOf[index], seenIn.get(nodeName)]
    return predicted === undefined || seen === undefined ? [] : [{ nodeName, predicted, seen }]
  })
  return { model, batches: sizes.length, seen: met.length, others: met.filter(({ predicted, seen }) => predicted !== seen) }
}

/**
 * The reading that comes closest to the batches in which nodes were seen; one with Spot's own number of batches
 * comes before any other. Null while no node was seen in a batch.
 */
export const closestPrediction = (predicted: PredictedBatches, nodes: Iterable<Seen>, numOfBatches: number | null): PredictionMet | null => {
  const seenIn = new Map([...nodes].flatMap(({ nodeName, batch }) => (batch === null ? [] : [[nodeName, batch] as const])))
  const off = ({ others, batches }: PredictionMet) => others.length + (numOfBatches === null || numOfBatches === batches ? 0 : predicted.order.length)
  const [closest] = predicted.readings.map((reading) => meet(predicted, reading, seenIn)).sort((a, b) => off(a) - off(b))
  return closest === undefined || closest.seen === 0 ? null : closest
}
