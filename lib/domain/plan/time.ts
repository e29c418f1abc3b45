/** The vendor's own hint on the live page of its console: about ten minutes a batch. */
const minutesPerBatch = 10

export type TimeEstimate = { lowMinutes: number; highMinutes: number; basis: string }

/**
 * How long the run may take, from the vendor's hint alone: half to one and a half times ten minutes a
 * batch. A range, never a promise.
 */
export const estimateFromHint = (batchCounts: readonly number[]): TimeEstimate | null => {
  if (batchCounts.length === 0) return null
  return {
    lowMinutes: Math.round(Math.min(...batchCounts) * minutesPerBatch * 0.5),
    highMinutes: Math.round(Math.max(...batchCounts) * minutesPerBatch * 1.5),
    basis: 'the vendor’s hint of about 10 minutes a batch',
  }
}
