import { z } from 'zod'
import { heartbeatStates } from '@/lib/domain/heartbeat'
import { launchAnswer } from './launch-answer'
import { partProblem } from './problem'
import { runSummary } from './run'

export const heartbeatAnswer = z.object({
  state: z.enum(heartbeatStates),
  /** The vendor's word, verbatim. */
  status: z.string().nullable(),
  lastHeartbeatMs: z.number().nullable(),
})
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswer>

export const clusterRow = z.object({
  clusterId: z.string(),
  name: z.string(),
  region: z.string().nullable(),
  resourceGroup: z.string().nullable(),
  heartbeat: heartbeatAnswer,
  /** Null when the nodes could not be read; the reason is in `problem`. */
  nodes: z.object({ managed: z.number(), unmanaged: z.number(), system: z.number() }).nullable(),
  runningMigration: runSummary.nullable(),
  /** How long it still takes by its own batches; null before one has ended, and where that is not known. */
  runLeft: z.object({ lowMs: z.number(), highMs: z.number(), isMeasured: z.boolean(), overdueBatch: z.number().nullable() }).nullable(),
  /** True when a migration is on and nobody records it. */
  isRunUnwatched: z.boolean(),
  /** False when it could not be found out whether a migration is on. */
  isRunRead: z.boolean(),
  /** Somebody's launch whose outcome is not known yet. */
  openLaunch: launchAnswer.nullable(),
  problem: partProblem.nullable(),
})
export type ClusterRow = z.infer<typeof clusterRow>

export const clustersAnswer = z.object({ clusters: z.array(clusterRow), fetchedAtMs: z.number() })
export type ClustersAnswer = z.infer<typeof clustersAnswer>

/** One cluster for the shell: its row and what the side bar counts. */
export const clusterAnswer = z.object({ cluster: clusterRow, fetchedAtMs: z.number() })
export type ClusterAnswer = z.infer<typeof clusterAnswer>
