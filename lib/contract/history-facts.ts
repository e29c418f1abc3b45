import { z } from 'zod'

const runEvidence = z.object({
  migrationId: z.string(),
  clusterId: z.string(),
  startedAtMs: z.number().nullable(),
  selected: z.number(),
  percentage: z.number(),
  clusterNodes: z.number().nullable(),
  numOfBatches: z.number(),
  sizes: z.array(z.number()),
})

const poolTimes = z.object({ poolName: z.string(), nodes: z.number(), lowMinutes: z.number(), medianMinutes: z.number(), highMinutes: z.number() })

/** What the account's recorded runs teach: how the batch size is read, and how long things take. */
export const historyFactsAnswer = z.object({
  /** Newest first. */
  evidence: z.array(runEvidence),
  /** `runs` is how many of them the times come from; pools are those of this cluster. */
  times: z.object({ runs: z.number(), batches: z.array(z.object({ nodes: z.number(), minutes: z.number() })), pools: z.array(poolTimes) }),
})
export type HistoryFactsAnswer = z.infer<typeof historyFactsAnswer>
