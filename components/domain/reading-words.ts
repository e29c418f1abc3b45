import type { BatchModel } from '@/lib/domain/batches/batch-sizes'

/** What each documented reading of the batch size takes a part of. */
export const readingWords: Record<BatchModel, string> = {
  fixed: 'a percentage of the selection',
  equal: 'equal parts of the selection',
  cluster: 'a percentage of the whole cluster',
}
