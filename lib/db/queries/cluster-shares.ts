import 'server-only'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { NodeCounts } from '@/lib/domain/managed-share'
import type { Queryable } from '../client'
import { clusterShares } from '../schema/cluster-shares'

type Place = { accountId: string; clusterId: string }
export type ShareRow = typeof clusterShares.$inferSelect

/** Keeps a count in any case: a run begins or ends. */
export const insertShare = async (db: Queryable, row: ShareRow): Promise<void> => {
  await db.insert(clusterShares).values(row).onConflictDoNothing()
}

/**
 * Keeps a count unless one is there that says as much: any from the last `leastMs`, or the same figures from
 * the last `mostMs`.
 */
export const insertShareIfDue = async (db: Queryable, { accountId, clusterId, at, managed, unmanaged, system }: ShareRow, { leastMs, mostMs }: { leastMs: number; mostMs: number }): Promise<void> => {
  const since = (ms: number) => sql`${new Date(at.getTime() - ms).toISOString()}::timestamptz`
  await db.execute(sql`
    insert into cluster_shares (account_id, cluster_id, at, managed, unmanaged, system)
    select ${accountId}, ${clusterId}, ${at.toISOString()}::timestamptz, ${managed}::integer, ${unmanaged}::integer, ${system}::integer
    where not exists (
      select 1 from cluster_shares
      where account_id = ${accountId} and cluster_id = ${clusterId} and at > ${since(mostMs)}
        and (at > ${since(leastMs)} or (managed = ${managed}::integer and unmanaged = ${unmanaged}::integer and system = ${system}::integer))
    )
    on conflict do nothing`)
}

/** The latest counts of a cluster, oldest first. */
export const listShares = async (db: Queryable, { accountId, clusterId }: Place, limit: number): Promise<(NodeCounts & { at: Date })[]> => {
  const rows = await db
    .select()
    .from(clusterShares)
    .where(and(eq(clusterShares.accountId, accountId), eq(clusterShares.clusterId, clusterId)))
    .orderBy(desc(clusterShares.at))
    .limit(limit)
  return rows.reverse()
}
