import type { BatchCounting, RunOptions } from '@/lib/twin/types'

/** What is rehearsed: the nodes in the plan's order, every option of Create Migration, and how batches may be counted. */
export type RehearsalPlan = {
  nodeNames: string[]
  options: RunOptions
  /** The readings that recorded runs have not ruled out; each seed takes the next. */
  readings: BatchCounting[]
}
