/**
 * How many nodes each batch takes. The vendor documents three readings of the batch size percentage and no
 * rounding; what was observed fits the first two.
 *
 * - `fixed`: a percentage of the selection, the same size for every batch (Spot API, Create Migration).
 * - `equal`: the number of batches is computed first, nodes are divided equally (Ocean, Cluster roll). Where they
 *   do not go in evenly, the larger batches come first or are spread over the run: both were seen in the console.
 * - `cluster`: a percentage of the cluster's target capacity (Spot console, Workload migration), so a small
 *   selection in a large cluster goes all at once.
 */
export const batchModels = ['fixed', 'equal', 'cluster'] as const
export type BatchModel = (typeof batchModels)[number]

export type BatchInput = {
  selected: number
  /** Whole percent, 1 to 100. */
  percentage: number
  /** Nodes the cluster aims at; null when not known, and then the `cluster` reading gives no answer. */
  clusterNodes: number | null
}

const chunks = (total: number, size: number): number[] => {
  const full = Math.floor(total / size)
  const rest = total - full * size
  return [...Array.from({ length: full }, () => size), ...(rest > 0 ? [rest] : [])]
}

const equalParts = (total: number, parts: number): number[] => {
  const small = Math.floor(total / parts)
  const larger = total - small * parts
  return Array.from({ length: parts }, (_, index) => (index < larger ? small + 1 : small))
}

/** Batch by batch up to the next whole node of `index * total / parts`. */
const spreadParts = (total: number, parts: number): number[] => {
  const bound = (index: number) => Math.floor((index * total) / parts)
  return Array.from({ length: parts }, (_, index) => bound(index + 1) - bound(index))
}

const partsOf = ({ selected, percentage }: BatchInput): number => Math.min(selected, Math.ceil(100 / percentage))

/** Sizes of the batches in order, or null when the reading needs a fact that is not known. */
export const batchSizes = (model: BatchModel, { selected, percentage, clusterNodes }: BatchInput): number[] | null => {
  if (selected === 0) return []
  if (model === 'fixed') return chunks(selected, Math.ceil((selected * percentage) / 100))
  if (model === 'equal') return equalParts(selected, partsOf({ selected, percentage, clusterNodes }))
  if (clusterNodes === null || clusterNodes < 1) return null
  return chunks(selected, Math.ceil((clusterNodes * percentage) / 100))
}

/**
 * Every way in which the `cluster` reading can divide the selection, for any size of the cluster that holds
 * it: for runs of which nobody counted the cluster's nodes.
 */
export const possibleClusterChunks = ({ selected, percentage }: Pick<BatchInput, 'selected' | 'percentage'>): number[][] => {
  const least = Math.ceil((selected * percentage) / 100)
  return Array.from({ length: Math.max(0, selected - least + 1) }, (_, index) => chunks(selected, least + index))
}

/** Every way in which a reading can divide the selection. */
export const sizeVariants = (model: BatchModel, input: BatchInput): number[][] => {
  const sizes = batchSizes(model, input)
  if (sizes === null) return possibleClusterChunks(input)
  if (model !== 'equal' || sizes.length === 0) return [sizes]
  const spread = spreadParts(input.selected, partsOf(input))
  return spread.join() === sizes.join() ? [sizes] : [sizes, spread]
}

/** `isAssumed`: the cluster's nodes were not counted, so that these sizes are the worst there can be. */
export type BatchReading = { model: BatchModel; sizes: number[]; isAssumed?: true }

/**
 * Every documented reading, one that leaves the order of its batches open once for each order. A cluster whose
 * nodes were not counted may be so large that all go at once.
 */
export const batchReadings = (input: BatchInput): BatchReading[] =>
  batchModels.flatMap((model): BatchReading[] =>
    batchSizes(model, input) === null ? [{ model, sizes: [input.selected], isAssumed: true }] : sizeVariants(model, input).map((sizes) => ({ model, sizes })),
  )

const largest = (sizes: number[]) => sizes.reduce((most, size) => Math.max(most, size), 0)

/** The reading under which most nodes are disrupted at the same time. The vendor's API text wins a tie. */
export const worstReading = (readings: BatchReading[]): BatchReading | null =>
  readings.reduce<BatchReading | null>(
    (worst, reading) => (worst === null || largest(reading.sizes) > largest(worst.sizes) ? reading : worst),
    null,
  )

/** What of a run's shape people regret, by reading: everything in one batch, and batches of one node. */
export type RunShape = { allAtOnce: BatchModel[]; single: { model: BatchModel; single: number; batches: number }[] }

/** A batch of one node makes every healthy percentage all or nothing. A single node has no other shape. */
export const shapeOf = (readings: readonly BatchReading[]): RunShape => {
  const shape: RunShape = { allAtOnce: [], single: [] }
  for (const { model, sizes } of readings) {
    const single = sizes.filter((size) => size === 1).length
    if (sizes.length === 1 && single === 0) shape.allAtOnce.push(model)
    if (sizes.length > 1 && single > 0 && !shape.single.some((known) => known.model === model)) shape.single.push({ model, single, batches: sizes.length })
  }
  return shape
}

/** True when the readings give different batches, so that the plan must say which one it draws. */
export const readingsDiffer = (readings: BatchReading[]): boolean =>
  new Set(readings.map(({ sizes }) => sizes.join())).size > 1

/**
 * Healthy nodes a batch needs to go on: the smallest count with `healthy * 100 >= threshold * size`. Nodes
 * skipped for a PDB count as healthy (Spot API, Create Migration).
 */
export const healthyNeeded = (size: number, thresholdPercentage: number): number =>
  Math.ceil((thresholdPercentage * size) / 100)
