import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { Queryable } from '../client'
import { launches } from '../schema/launches'
import { poolLimits, rollbackKits } from '../schema/rollback-kits'

type KitRow = typeof rollbackKits.$inferSelect
type LimitsRow = typeof poolLimits.$inferSelect
type Place = { accountId: string; clusterId: string }

/** Keeps the kit of a launch. The first one stands: what was read later is not what was there before. */
export const insertKit = async (db: Queryable, row: KitRow): Promise<void> => {
  await db.insert(rollbackKits).values(row).onConflictDoNothing({ target: rollbackKits.launchId })
}

/** The kit of the launch that became this run, or null. */
export const findKitOfRun = async (db: Queryable, { accountId, clusterId, migrationId }: Place & { migrationId: string }): Promise<KitRow | null> => {
  const [row] = await db
    .select({ kit: rollbackKits })
    .from(rollbackKits)
    .innerJoin(launches, eq(launches.id, rollbackKits.launchId))
    .where(and(eq(launches.accountId, accountId), eq(launches.clusterId, clusterId), eq(launches.migrationId, migrationId)))
  return row?.kit ?? null
}

/** What was pasted for a cluster, or null. */
export const findPoolLimits = async (db: Queryable, { accountId, clusterId }: Place): Promise<LimitsRow | null> => {
  const [row] = await db.select().from(poolLimits).where(and(eq(poolLimits.accountId, accountId), eq(poolLimits.clusterId, clusterId)))
  return row ?? null
}

/** What was known of other pools, each with who pasted it and when: a paste is about the pools that it names. */
const others = sql`(select coalesce(jsonb_agg(jsonb_build_object('pastedBy', ${poolLimits.pastedBy}, 'pastedAtMs', round(extract(epoch from ${poolLimits.pastedAt}) * 1000)) || known), '[]'::jsonb)
  from jsonb_array_elements(${poolLimits.pools}) known
  where not exists (select 1 from jsonb_array_elements(excluded.pools) pasted where pasted ->> 'name' = known ->> 'name'))`

/** Keeps what was pasted beside what is known of other pools, in one statement: two people may paste at once. */
export const putPoolLimits = async (db: Queryable, { accountId, clusterId, ...change }: LimitsRow): Promise<void> => {
  await db
    .insert(poolLimits)
    .values({ accountId, clusterId, ...change })
    .onConflictDoUpdate({ target: [poolLimits.accountId, poolLimits.clusterId], set: { ...change, pools: sql`${others} || excluded.pools` } })
}
