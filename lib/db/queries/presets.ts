import 'server-only'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Queryable } from '../client'
import { presetDefaults, presets } from '../schema/presets'

export type PresetRow = typeof presets.$inferSelect
type Place = { accountId: string; clusterId: string }

/** The presets of an account by name. */
export const listPresets = (db: Queryable, accountId: string): Promise<PresetRow[]> =>
  db.select().from(presets).where(eq(presets.accountId, accountId)).orderBy(asc(presets.nameKey))

/** False when the account has a preset of that name already. */
export const insertPreset = async (db: Queryable, row: PresetRow): Promise<boolean> => {
  const rows = await db.insert(presets).values(row).onConflictDoNothing({ target: [presets.accountId, presets.nameKey] }).returning({ id: presets.id })
  return rows.length > 0
}

type Change = Pick<PresetRow, 'accountId' | 'id' | 'name' | 'nameKey' | 'options' | 'savedBy' | 'savedAt'>

/** Replaces a preset unless another one of the account has the new name. `unknown` for one that is not there or another account's. */
export const replacePreset = async (db: Queryable, { accountId, id, ...change }: Change): Promise<'replaced' | 'name-taken' | 'unknown'> => {
  const isOwn = and(eq(presets.accountId, accountId), eq(presets.id, id))
  const isFree = sql`not exists (select 1 from ${presets} as other where other.account_id = ${accountId} and other.name_key = ${change.nameKey} and other.id <> ${id})`
  const changed = await db.update(presets).set(change).where(and(isOwn, isFree)).returning({ id: presets.id })
  if (changed.length > 0) return 'replaced'
  const [known] = await db.select({ id: presets.id }).from(presets).where(isOwn)
  return known === undefined ? 'unknown' : 'name-taken'
}

/** False when it is not there, or another account's. Clusters that started from it start from the API's defaults again. */
export const deletePreset = async (db: Queryable, { accountId, id }: { accountId: string; id: string }): Promise<boolean> => {
  const rows = await db.delete(presets).where(and(eq(presets.accountId, accountId), eq(presets.id, id))).returning({ id: presets.id })
  return rows.length > 0
}

/** The preset that new plans of a cluster start from, or null. */
export const findDefaultPreset = async (db: Queryable, { accountId, clusterId }: Place): Promise<PresetRow | null> => {
  const [row] = await db
    .select({ preset: presets })
    .from(presetDefaults)
    .innerJoin(presets, and(eq(presets.id, presetDefaults.presetId), eq(presets.accountId, accountId)))
    .where(and(eq(presetDefaults.accountId, accountId), eq(presetDefaults.clusterId, clusterId)))
  return row?.preset ?? null
}

/** False when the account has no such preset: then nothing changes. */
export const setDefaultPreset = async (db: Queryable, { accountId, clusterId }: Place, presetId: string): Promise<boolean> => {
  const rows = await db
    .insert(presetDefaults)
    .select(
      db
        .select({ accountId: sql<string>`${accountId}::text`.as('account_id'), clusterId: sql<string>`${clusterId}::text`.as('cluster_id'), presetId: presets.id })
        .from(presets)
        .where(and(eq(presets.accountId, accountId), eq(presets.id, presetId))),
    )
    .onConflictDoUpdate({ target: [presetDefaults.accountId, presetDefaults.clusterId], set: { presetId: sql`excluded.preset_id` } })
    .returning({ presetId: presetDefaults.presetId })
  return rows.length > 0
}

export const clearDefaultPreset = async (db: Queryable, { accountId, clusterId }: Place): Promise<void> => {
  await db.delete(presetDefaults).where(and(eq(presetDefaults.accountId, accountId), eq(presetDefaults.clusterId, clusterId)))
}
