import 'server-only'
import type { RunsAnswer, RunSummary } from '@/lib/contract/run'
import { listRuns as listRows, type RunRow } from '@/lib/db/queries/runs'
import { isFinalRun } from '@/lib/domain/run-rules'
import { summaryOfRow } from '@/lib/live/record'
import type { Migration } from '@/lib/spot/schemas/migration'
import { requireCluster } from './cluster-access'
import type { Context, Verb } from './context'
import { readPart } from './part'
import { adoptElsewhere, isOnNow } from './recorded-run'
import { summaryOfMigration } from './run-view'

/** The list holds every run with all its nodes: it is read at most this often, unless a person asks for it. */
const listMaxAgeMs = 5 * 60_000
const refreshedMaxAgeMs = 10_000

/** A recorded run that nobody could watch to its end takes its end from the list. */
const merged = (row: RunRow, listed: Migration | undefined): RunSummary => {
  const recorded = summaryOfRow(row)
  if (listed === undefined || row.endedAt !== null || !isFinalRun(listed.status)) return recorded
  const { comment: _comment, source: _source, startedBy: _startedBy, ...end } = summaryOfMigration(row.clusterId, listed)
  return { ...recorded, ...end }
}

/** The list may be minutes old: a run is taken up only when a reading of its own says that it is on. */
const adoptIfOn = async (ctx: Context, clusterId: string, migrationId: string): Promise<RunRow | undefined> => {
  const { data } = await ctx.spot.getMigration(clusterId, migrationId)
  return isOnNow(data) ? adoptElsewhere(ctx, clusterId, data) : undefined
}

const recordUnseen = (ctx: Context, clusterId: string, unseen: readonly Migration[]) =>
  Promise.all(
    unseen.filter(isOnNow).map((migration) => adoptIfOn(ctx, clusterId, migration.id).catch(() => ctx.log.warn({ migrationId: migration.id }, 'a run from elsewhere could not be taken up'))),
  )

/** Runs that were left unwatched and have ended meanwhile: the list holds their end, which closes the record and removes what was kept for them. */
const closeEnded = async (ctx: Context, rows: readonly RunRow[], byId: ReadonlyMap<string, Migration>): Promise<boolean> => {
  const ended = rows.flatMap((row) => {
    const listed = row.endedAt === null ? byId.get(row.migrationId) : undefined
    return listed !== undefined && !isOnNow(listed) ? [{ row, listed }] : []
  })
  await Promise.all(ended.map(({ row, listed }) => ctx.live.adopt(row, ctx.token, listed).catch(() => ctx.log.warn({ runId: row.id }, 'the end of a run could not be recorded'))))
  return ended.length > 0
}

/** Every run of a cluster, newest first: those recorded here, and those that only the API lists. */
export const listRuns: Verb<{ clusterId: string; isRefresh: boolean }, RunsAnswer> = async ({ ctx, input: { clusterId, isRefresh } }) => {
  await requireCluster(ctx, clusterId)
  const list = await readPart(ctx.spot.listMigrations(clusterId, { maxAgeMs: isRefresh ? refreshedMaxAgeMs : listMaxAgeMs }))
  const listed = list.data?.data ?? []
  const before = await listRows(ctx.db, { accountId: ctx.session.accountId, clusterId })
  const known = new Set(before.map(({ migrationId }) => migrationId))
  const unseen = listed.filter(({ id }) => !known.has(id))
  const adopted = await recordUnseen(ctx, clusterId, unseen)
  const byId = new Map(listed.map((migration) => [migration.id, migration]))
  const isClosed = await closeEnded(ctx, before, byId)
  const rows = isClosed || adopted.some((row) => row !== undefined) ? await listRows(ctx.db, { accountId: ctx.session.accountId, clusterId }) : before
  const recorded = new Set(rows.map(({ migrationId }) => migrationId))
  const runs = [
    ...rows.map((row) => merged(row, byId.get(row.migrationId))),
    ...unseen.filter(({ id }) => !recorded.has(id)).map((migration) => summaryOfMigration(clusterId, migration)),
  ].sort((a, b) => (b.startedAtMs ?? 0) - (a.startedAtMs ?? 0))
  return { runs, fetchedAtMs: ctx.now(), problem: list.problem }
}
