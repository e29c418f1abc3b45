import 'server-only'
import type { RunRow } from '@/lib/db/queries/runs'
import { isOnNow } from '@/lib/domain/progress/reading'
import type { Migration } from '@/lib/spot/schemas/migration'
import type { Context } from './context'
import { adoptUnseen, reopenIfOn } from './recorded-run'

/** The list may be minutes old: a run is taken up only when a reading of its own says that it is on. */
const adoptIfOn = async (ctx: Context, clusterId: string, migrationId: string): Promise<RunRow | undefined> => {
  const { data } = await ctx.spot.getMigration(clusterId, migrationId)
  return isOnNow(data) ? adoptUnseen(ctx, clusterId, data) : undefined
}

const recordUnseen = async (ctx: Context, clusterId: string, unseen: readonly Migration[]): Promise<boolean> => {
  const adopt = ({ id }: Migration) => adoptIfOn(ctx, clusterId, id).catch(() => ctx.log.warn({ migrationId: id }, 'a run from elsewhere could not be taken up'))
  return (await Promise.all(unseen.filter(isOnNow).map(adopt))).some((row) => row !== undefined)
}

/** Whether a run that a line calls over was so when it was asked for itself: a list is shown for minutes, and may be older than the record. */
const endings = new WeakMap<Migration, boolean>()

/** True for a line whose end is believed over a record that is open. */
export const isEndConfirmed = (listed: Migration): boolean => endings.get(listed) === true

const close = async (ctx: Context, row: RunRow, listed: Migration): Promise<boolean> => {
  try {
    const { data } = await ctx.spot.getMigration(row.clusterId, row.migrationId, { fresh: true })
    const isEnded = !isOnNow(data)
    endings.set(listed, isEnded)
    if (isEnded) await ctx.live.adopt(row, ctx.token, data)
    return isEnded
  } catch {
    ctx.log.warn({ runId: row.id }, 'the end of a run could not be recorded')
    return false
  }
}

/** Runs that were left unwatched and have ended meanwhile: a reading of their own, made now, closes the record and removes what was kept for them. */
const closeEnded = async (ctx: Context, rows: readonly RunRow[], byId: ReadonlyMap<string, Migration>): Promise<boolean> => {
  const ended = rows.flatMap((row) => {
    const listed = row.endedAt === null ? byId.get(row.migrationId) : undefined
    return listed !== undefined && !isOnNow(listed) && endings.get(listed) !== false ? [close(ctx, row, listed)] : []
  })
  return (await Promise.all(ended)).includes(true)
}

/** A list may be older than the end of a run: each of its lines is asked about once. */
const asked = new WeakSet<Migration>()

const reopen = async (ctx: Context, row: RunRow, listed: Migration): Promise<boolean> => {
  asked.add(listed)
  try {
    return (await reopenIfOn(ctx, row)) !== null
  } catch {
    asked.delete(listed)
    ctx.log.warn({ runId: row.id }, 'whether a run is on again could not be found out')
    return false
  }
}

/** Records that are over of runs which the list has as on: their end may have been none. */
const reopenEnded = async (ctx: Context, rows: readonly RunRow[], byId: ReadonlyMap<string, Migration>): Promise<boolean> => {
  const doubted = rows.flatMap((row) => {
    const listed = row.endedAt === null ? undefined : byId.get(row.migrationId)
    return listed !== undefined && isOnNow(listed) && !asked.has(listed) ? [reopen(ctx, row, listed)] : []
  })
  return (await Promise.all(doubted)).includes(true)
}

/** Brings the records of a cluster in line with Spot's list: takes up what is on and was not seen, closes what ended unseen, and opens again what is on after all. True when records changed. */
export const meetRuns = async (ctx: Context, clusterId: string, listed: readonly Migration[], rows: readonly RunRow[]): Promise<boolean> => {
  const known = new Set(rows.map(({ migrationId }) => migrationId))
  const isAdopted = await recordUnseen(ctx, clusterId, listed.filter(({ id }) => !known.has(id)))
  const byId = new Map(listed.map((migration) => [migration.id, migration]))
  const changed = await Promise.all([closeEnded(ctx, rows, byId), reopenEnded(ctx, rows, byId)])
  return isAdopted || changed.includes(true)
}
