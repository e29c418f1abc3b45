import 'server-only'
import type { HistoryFactsAnswer } from '@/lib/contract/history-facts'
import type { Database } from '@/lib/db/client'
import { listEndedRuns, readChanges, type RunRow } from '@/lib/db/queries/runs'
import type { RunEvidence } from '@/lib/domain/batches/learn'
import { poolTimes } from '@/lib/domain/forecast/estimate'
import { evidenceOf, timesOf, type ObservedTimes } from '@/lib/domain/forecast/observed-run'
import { foldRun } from '@/lib/domain/progress/state'
import { mayRead, requireCluster } from './cluster-access'
import type { Context, Verb } from './context'

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

/** The figures of a run that the reader may not open, without what names it. */
const unnamed = (evidence: RunEvidence): RunEvidence => ({ ...evidence, migrationId: null, clusterId: null, startedAtMs: null })

/** Which of these runs the reader may see by name. Each cluster is asked about once, and answers are shared for a minute. */
const namingIn = async (ctx: Context, rows: readonly RunRow[]): Promise<(row: RunRow) => boolean> => {
  const own = [...new Set(rows.filter(({ accountId }) => accountId === ctx.session.accountId).map(({ clusterId }) => clusterId))]
  const readable = new Set((await Promise.all(own.map(async (clusterId) => ((await mayRead(ctx, clusterId)) ? [clusterId] : [])))).flat())
  return ({ accountId, clusterId }) => accountId === ctx.session.accountId && readable.has(clusterId)
}

/**
 * What the organisation's last recorded runs teach, in every account and cluster: the vendor reads the batch
 * size alike in all. Where the organisation is not known it is the account's runs. Those of
 * other accounts, and of clusters that the token cannot read, are figures without names; times of pools are those of this cluster. Throws like the upstream's Get Cluster.
 */
export const readHistoryFacts: Verb<{ clusterId: string }, HistoryFactsAnswer> = async ({ ctx, input: { clusterId } }) => {
  await requireCluster(ctx, clusterId)
  const rows = await listEndedRuns(ctx.db, ctx.session, mostRuns)
  const lessons = await Promise.all(rows.map(async (row) => ({ row, ...(await lessonOf(ctx.db, row)) })))
  const mayName = await namingIn(ctx, rows)
  const timed = lessons.filter(({ times }) => times.batches.length > 0)
  return {
    evidence: lessons.flatMap(({ row, evidence }) => (evidence === null ? [] : mayName(row) ? evidence : unnamed(evidence))),
    times: {
      runs: timed.length,
      batches: timed.flatMap(({ times }) => times.batches),
      pools: poolTimes(timed.flatMap(({ row, times }) => (row.clusterId === clusterId ? times.nodes : []))),
    },
  }
}
