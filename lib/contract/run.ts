import { z } from 'zod'
import { outcomeCounts } from '@/lib/domain/outcome/counts'
import { predictedBatches } from '@/lib/domain/batches/predicted'
import { runChange } from '@/lib/domain/progress/change'
import { rehearsedLine } from './rehearsed-line'

/** The options a run was started with, as far as they are known (the API does not return all of them). */
export const runOptions = z.object({
  batchSizePercentage: z.number().nullable(),
  batchMinHealthyPercentage: z.number().nullable(),
  respectPdb: z.boolean().nullable(),
  respectRestrictScaleDown: z.boolean().nullable(),
  shouldTerminateNodes: z.boolean().nullable(),
  shouldEvictStandalonePods: z.boolean().nullable(),
  /** SHA-256 of the plan that was reviewed before the launch; left out for runs that Slipway did not launch. */
  planHash: z.string().optional(),
})
export type RunOptions = z.infer<typeof runOptions>

/** slipway: launched and recorded here. elsewhere: launched in the console or API, recorded here. api: only listed by the API. */
export const runSources = ['slipway', 'elsewhere', 'api'] as const

export const runSummary = z.object({
  migrationId: z.string(),
  clusterId: z.string(),
  /** Verbatim, also when it is outside the documented list. */
  status: z.string(),
  comment: z.string(),
  /** The node pools that it was started with in place of nodes. Only the starter knows: Spot does not give them back. */
  nodePoolNames: z.array(z.string()).optional(),
  startedBy: z.string().nullable(),
  source: z.enum(runSources),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  currentBatch: z.number().nullable(),
  numOfBatches: z.number().nullable(),
  counts: outcomeCounts,
})
export type RunSummary = z.infer<typeof runSummary>

export const runsAnswer = z.object({
  runs: z.array(runSummary),
  fetchedAtMs: z.number(),
  /** When the vendor's list was read, which is heavy and shared, so minutes before the records; null when it could not be. */
  listedAtMs: z.number().nullable(),
  /** Set when the vendor's list could not be read: recorded runs are shown all the same. */
  problem: z.object({ code: z.string(), detail: z.string(), upstreamRequestId: z.string().optional() }).nullable(),
})
export type RunsAnswer = z.infer<typeof runsAnswer>

/**
 * How the record is kept. live: polled. waiting: the upstream failed or is out of budget, polling goes on; or another
 * server holds the run and has not read it for longer than it ever pauses. unwatched: the recorder's token no longer
 * works, or none was kept. ended: final, nothing more will come.
 */
export const watchStates = ['live', 'waiting', 'unwatched', 'ended'] as const

export const freshness = z.object({
  state: z.enum(watchStates),
  lastPolledAtMs: z.number().nullable(),
  nextPollAtMs: z.number().nullable(),
  /** Why the last poll gave nothing, in one sentence. */
  problem: z.object({ code: z.string(), detail: z.string(), upstreamRequestId: z.string().optional() }).nullable(),
})
export type Freshness = z.infer<typeof freshness>

export const runRecord = z.object({
  run: runSummary.omit({ counts: true }),
  options: runOptions,
  changes: z.array(runChange),
  /** Where the plan was rehearsed before the launch. */
  rehearsed: rehearsedLine.optional(),
  /** The batches that were foreseen at the launch; left out for runs that Slipway did not launch. */
  predicted: predictedBatches.optional(),
  /** The last change in `changes`; the stream continues after it. */
  seq: z.number(),
  freshness,
  /** The server's clock when this was written, so that ages are right on a browser whose clock is not. */
  serverNowMs: z.number(),
})
export type RunRecord = z.infer<typeof runRecord>

/** Deleting cannot be undone: the run's id is typed, and compared once more by the server. */
export const deleteRunRequest = z.object({ confirm: z.string().max(200) })
export const deleteRunAnswer = z.object({ migrationId: z.string() })
export type DeleteRunAnswer = z.infer<typeof deleteRunAnswer>

export const stopAnswer = z.object({ migrationId: z.string(), status: z.string() })
export type StopAnswer = z.infer<typeof stopAnswer>

/** Events of the live stream, by their SSE event name. `changes` carries the last seq as the event id. */
export const streamEvents = {
  record: runRecord,
  changes: z.object({ changes: z.array(runChange) }),
  freshness: freshness.extend({ serverNowMs: z.number() }),
  /** That the line stands, while there is nothing else to tell: of a comment the browser would hear nothing. */
  ping: z.object({}),
  end: z.object({ reason: z.enum(['final', 'signed-out', 'refused', 'shutdown']) }),
} as const
export type StreamEventName = keyof typeof streamEvents
