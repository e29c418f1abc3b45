import 'server-only'
import type { RunsAnswer, RunSummary } from '@/lib/contract/run'
import { listRuns as listRows, type RunRow } from '@/lib/db/queries/runs'
import { summaryOfRow } from '@/lib/live/record'
import type { Migration } from '@/lib/spot/schemas/migration'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { isEndConfirmed, meetRuns } from './meet-runs'
import { readPart } from './part'
import { summaryOfMigration } from './run-view'

/** The list holds every run with all its nodes: for each token and server it is read at most this often, unless a person asks for it. */
const listMaxAgeMs = 5 * 60_000
const refreshedMaxAgeMs = 10_000

/** A recorded run that nobody could watch to its end takes its end from the list. */
const merged = (row: RunRow, listed: Migration | undefined): RunSummary => {
  const recorded = summaryOfRow(row)
  if (listed === undefined || row.endedAt !== null || !isEndConfirmed(listed)) return recorded
  const { comment: _comment, source: _source, startedBy: _startedBy, ...end } = summaryOfMigration(row.clusterId, listed)
  return { ...recorded, ...end }
}

/** Every run of a cluster, newest first: those recorded here, and those that only the API lists. */
export const listRuns: Verb<{ clusterId: string; isRefresh: boolean }, RunsAnswer> = async ({ ctx, input: { clusterId, isRefresh } }) => {
  await requireCluster(ctx, clusterId)
  const list = await readPart(ctx.spot.listMigrations(clusterId, { maxAgeMs: isRefresh ? refreshedMaxAgeMs : listMaxAgeMs }))
  const listed = list.data?.data ?? []
  const before = await listRows(ctx.db, { accountId: ctx.session.accountId, clusterId })
  const byId = new Map(listed.map((migration) => [migration.id, migration]))
  const isChanged = await meetRuns(ctx, clusterId, listed, before)
  const rows = isChanged ? await listRows(ctx.db, { accountId: ctx.session.accountId, clusterId }) : before
  const recorded = new Set(rows.map(({ migrationId }) => migrationId))
  const runs = [
    ...rows.map((row) => merged(row, byId.get(row.migrationId))),
    ...listed.filter(({ id }) => !recorded.has(id)).map((migration) => summaryOfMigration(clusterId, migration)),
  ].sort((a, b) => (b.startedAtMs ?? 0) - (a.startedAtMs ?? 0))
  return { runs, fetchedAtMs: ctx.now(), listedAtMs: list.data?.fetchedAtMs ?? null, problem: list.problem }
}
