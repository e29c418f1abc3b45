import 'server-only'
import type { RunRow } from '@/lib/db/queries/runs'
import type { Migration } from '@/lib/spot/schemas/migration'
import type { Context } from './context'
import { adoptUnseen, isOnNow } from './recorded-run'

/** The list may be minutes old: a run is taken up only when a reading of its own says that it is on. */
const adoptIfOn = async (ctx: Context, clusterId: string, migrationId: string): Promise<RunRow | undefined> => {
  const { data } = await ctx.spot.getMigration(clusterId, migrationId)
  return isOnNow(data) ? adoptUnseen(ctx, clusterId, data) : undefined
}

const recordUnseen = async (ctx: Context, clusterId: string, unseen: readonly Migration[]): Promise<boolean> => {
  const adopt = ({ id }: Migration) => adoptIfOn(ctx, clusterId, id).catch(() => ctx.log.warn({ migrationId: id }, 'a run from elsewhere could not be taken up'))
  return (await Promise.all(unseen.filter(isOnNow).map(adopt))).some((row) => row !== undefined)
}

/** Runs that were left unwatched and have ended meanwhile: the list holds their end, which closes the record and removes what was kept for them. */
const closeEnded = async (ctx: Context, rows: readonly RunRow[], byId: ReadonlyMap<string, Migration>): Promise<boolean> => {
  const ended = rows.flatMap((row) => {
    const listed = row.endedAt === null ? byId.get(row.migrationId) : undefined
    return listed !== undefined && !isOnNow(listed) ? [{ row, listed }] : []
  })
  await Promise.all(ended.map(({ row, listed }) => ctx.live.adopt(row, ctx.token, listed).catch(() => ctx.log.warn({ runId: row.id }, 'the end of a run could not be recorded'))))
  return ended.length > 0
}

/** Brings the records of a cluster in line with Spot's list: takes up what is on and was not seen, and closes what ended unseen. True when records changed. */
export const meetRuns = async (ctx: Context, clusterId: string, listed: readonly Migration[], rows: readonly RunRow[]): Promise<boolean> => {
  const known = new Set(rows.map(({ migrationId }) => migrationId))
  const isAdopted = await recordUnseen(ctx, clusterId, listed.filter(({ id }) => !known.has(id)))
  return (await closeEnded(ctx, rows, new Map(listed.map((migration) => [migration.id, migration])))) || isAdopted
}
