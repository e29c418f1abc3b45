import 'server-only'
import type { HistoryFactsAnswer } from '@/lib/contract/history-facts'
import type { Database } from '@/lib/db/client'
import { listEndedRuns, readChanges, type RunRow } from '@/lib/db/queries/runs'
import type { RunEvidence } from '@/lib/domain/batches/learn'
import { poolTimes } from '@/lib/domain/forecast/estimate'
import { evidenceOf, timesOf, type ObservedTimes } from '@/lib/domain/forecast/observed-run'
import { foldRun } from '@/lib/domain/progress/state'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'

/** Older runs say little: the vendor changes, and clusters do. */
const mostRuns = 20
const mostKept = 200

type Lesson = { evidence: RunEvidence | null; times: ObservedTimes }

/** A run that is over never changes, and folding a long one takes a while. */
const kept = new WeakMap<Database, Map<number, Lesson>>()

const lessonOf = async (db: Database, row: RunRow): Promise<Lesson> => {
  const lessons = kept.get(db) ?? new Map<number, Lesson>()
  kept.set(db, lessons)
  const known = lessons.get(row.id)
  if (known !== undefined) return known
  const state = foldRun(await readChanges(db, row.id))
  const about = { migrationId: row.migrationId, clusterId: row.clusterId, startedAtMs: row.startedAt?.getTime() ?? null, clusterNodes: row.clusterNodes, percentage: row.options.batchSizePercentage }
  const lesson = { evidence: evidenceOf(state, about), times: timesOf(state) }
  lessons.set(row.id, lesson)
  if (lessons.size > mostKept) lessons.delete(lessons.keys().next().value ?? -1)
  return lesson
}

/**
 * What the account's last recorded runs teach, in every cluster: the vendor reads the batch size alike in
 * all. Times of pools are those of this cluster. Throws like the upstream's Get Cluster.
 */
export const readHistoryFacts: Verb<{ clusterId: string }, HistoryFactsAnswer> = async ({ ctx, input: { clusterId } }) => {
  await requireCluster(ctx, clusterId)
  const rows = await listEndedRuns(ctx.db, ctx.session.accountId, mostRuns)
  const lessons = await Promise.all(rows.map(async (row) => ({ row, ...(await lessonOf(ctx.db, row)) })))
  const timed = lessons.filter(({ times }) => times.batches.length > 0)
  return {
    evidence: lessons.flatMap(({ evidence }) => evidence ?? []),
    times: {
      runs: timed.length,
      batches: timed.flatMap(({ times }) => times.batches),
      pools: poolTimes(timed.flatMap(({ row, times }) => (row.clusterId === clusterId ? times.nodes : []))),
    },
  }
}
