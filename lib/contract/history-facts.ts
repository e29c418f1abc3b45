import { z } from 'zod'
import { runEvidence } from '@/lib/domain/batches/learn'
import { ownTimes } from '@/lib/domain/forecast/estimate'

/** What the organisation's recorded runs teach, newest first: how the batch size is read, and how long things take. Pools are those of this cluster. */
export const historyFactsAnswer = z.object({ evidence: z.array(runEvidence), times: ownTimes })
export type HistoryFactsAnswer = z.infer<typeof historyFactsAnswer>
