import 'server-only'
import { and, isNotNull, lt, or, sql, type SQL } from 'drizzle-orm'
import type { Queryable } from '../client'
import { clusterShares } from '../schema/cluster-shares'
import { launches } from '../schema/launches'
import { runs } from '../schema/runs'

/** Held for one statement by the one server that deletes old runs at that moment. The number is this job's own. */
const retentionLock = 7_391_015

/**
 * Deletes the runs of `old` with all that is kept of them: changes, the plan, the rollback kit and the copy of a token.
 * Of the launch its key stays, so that it still cannot be sent twice, and nothing that was chosen or who
 * chose it. One statement, so that half of it is never seen; the number of runs deleted.
 */
const forget = async (db: Queryable, old: SQL): Promise<number> => {
  const [row] = await db.execute<{ deleted: number }>(sql`
    with old as materialized (${old}),
    gone as (delete from runs using old where runs.id = old.id returning runs.launch_id),
    kits as (delete from rollback_kits where launch_id in (select launch_id from gone)),
    plans as (
      delete from drafts using launches
      where launches.id in (select launch_id from gone) and drafts.id = launches.draft_id
        and drafts.account_id = launches.account_id and drafts.cluster_id = launches.cluster_id
    ),
    bare as (
      update launches
      set payload = jsonb_build_object('launchKey', payload -> 'launchKey', 'options', payload -> 'options', 'comment', ''), display_name = '', sealed_token = null
      where id in (select launch_id from gone)
    )
    select count(*)::int as deleted from gone`)
  return row?.deleted ?? 0
}

/** Deletes one run that is over; false when there is none. */
export const deleteRun = async (db: Queryable, runId: number): Promise<boolean> => (await forget(db, sql`select id from runs where id = ${runId} and ended_at is not null for update`)) > 0

/**
 * Deletes at most `limit` runs that ended before `before`, the oldest first. Does nothing while another server
 * is at it, and never waits for a row. The number of runs deleted.
 */
export const deleteOldRuns = (db: Queryable, { before, limit }: { before: Date; limit: number }): Promise<number> =>
  forget(
    db,
    sql`select id from runs, (select pg_try_advisory_xact_lock(${retentionLock}) as is_ours offset 0) turn
      where turn.is_ours and ended_at < ${before.toISOString()}::timestamptz order by ended_at limit ${limit} for update of runs skip locked`,
  )

/** Deletes counts of managed nodes from before a moment. */
export const deleteOldShares = async (db: Queryable, before: Date): Promise<void> => {
  await db.delete(clusterShares).where(lt(clusterShares.at, before))
}

/**
 * Removes copies of tokens that serve no run any more: those of runs that are over, and those that nobody
 * could use since `unusedSince`, be it that Spot forgot the run or that no server has the key. The number removed.
 */
export const removeSpentTokens = async (db: Queryable, unusedSince: Date): Promise<number> => {
  const isSpent = or(isNotNull(runs.endedAt), lt(sql`coalesce(${runs.lastPolledAt}, ${runs.createdAt})`, unusedSince.toISOString()))
  const rows = await db.update(runs).set({ sealedToken: null }).where(and(isNotNull(runs.sealedToken), isSpent)).returning({ id: runs.id })
  return rows.length
}

/** Removes copies of tokens of launches from before a moment: they were looked for in vain since. Whoever asks for one has it looked up with their own. */
export const removeOldLaunchTokens = async (db: Queryable, before: Date): Promise<number> => {
  const rows = await db.update(launches).set({ sealedToken: null }).where(and(isNotNull(launches.sealedToken), lt(launches.createdAt, before))).returning({ id: launches.id })
  return rows.length
}
