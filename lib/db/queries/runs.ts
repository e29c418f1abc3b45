import 'server-only'
import { and, asc, desc, eq, getTableColumns, gt, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { RunChange } from '@/lib/domain/progress/change'
import type { Database, Queryable } from '../client'
import { storableJson } from '../schema/columns'
import { runChanges } from '../schema/run-changes'
import { runs } from '../schema/runs'

/** `isHeld`: a process holds its lease. Leases go by the clock of the database alone: those of servers may be an hour apart. */
export type RunRow = typeof runs.$inferSelect & { isHeld: boolean }
export type NewRun = Partial<Pick<RunRow, 'rehearsed'>> & Omit<RunRow, 'rehearsed' | 'isHeld' | 'id' | 'seq' | 'clusterNodes' | 'endedAt' | 'lastPolledAt' | 'leaseHolder' | 'leaseEpoch' | 'leaseUntil'>
const columns = { ...getTableColumns(runs), isHeld: sql<boolean>`coalesce(${runs.leaseUntil} > now(), false)` }
const isFree = sql`coalesce(${runs.leaseUntil} <= now(), true)`
const untilAfter = (ttlMs: number) => sql`now() + ${ttlMs} * interval '1 millisecond'`

type RunPlace = { accountId: string; clusterId: string; migrationId: string }

const isRun = ({ accountId, clusterId, migrationId }: RunPlace) => and(eq(runs.accountId, accountId), eq(runs.clusterId, clusterId), eq(runs.migrationId, migrationId))

export const findRun = async (db: Queryable, place: RunPlace): Promise<RunRow | null> => {
  const [row] = await db.select(columns).from(runs).where(isRun(place))
  return row ?? null
}

export const findRunById = async (db: Queryable, id: number): Promise<RunRow | null> => {
  const [row] = await db.select(columns).from(runs).where(eq(runs.id, id))
  return row ?? null
}

/**
 * The run's row, made when it is not there. What a launch knows replaces what was only seen, and what its
 * starter decided about their token joins what a viewer agreed to before; told a second time it changes
 * nothing of that, because the starter may have thought better of it. A run that is over needs no token.
 */
export const ensureRun = async (db: Database, input: NewRun): Promise<RunRow> => {
  const { launchId, startedBy, source, comment, options, rehearsed } = input
  const isKept = sql`case when ${runs.launchId} is null then ${runs.isKept} or ${input.isKept}::boolean else ${runs.isKept} end`
  const sealedToken = sql`case when ${runs.endedAt} is null and (${runs.launchId} is null or ${runs.isKept}) then coalesce(${input.sealedToken}::text, ${runs.sealedToken}) end`
  const known = { launchId, startedBy, source, comment, options, rehearsed, isKept, sealedToken }
  const insert = db.insert(runs).values({ ...input, seq: 0 })
  const target = [runs.accountId, runs.clusterId, runs.migrationId]
  const [row] = await (input.source === 'slipway' ? insert.onConflictDoUpdate({ target, set: known }) : insert.onConflictDoNothing({ target })).returning(columns)
  return row ?? ((await findRun(db, input)) as RunRow)
}

export const listRuns = (db: Queryable, place: { accountId: string; clusterId: string }): Promise<RunRow[]> =>
  db.select(columns).from(runs).where(and(eq(runs.accountId, place.accountId), eq(runs.clusterId, place.clusterId))).orderBy(desc(runs.startedAt), desc(runs.id))

/** Runs that are not over, of all accounts or of one. */
export const listOpenRuns = (db: Queryable, accountId?: string): Promise<RunRow[]> =>
  db.select(columns).from(runs).where(and(accountId === undefined ? undefined : eq(runs.accountId, accountId), isNull(runs.endedAt)))

/** The account's last runs that are over, newest first. */
export const listEndedRuns = (db: Queryable, { accountId, organizationId }: Pick<RunRow, 'accountId' | 'organizationId'>, limit: number): Promise<RunRow[]> =>
  db.select(columns).from(runs).where(and(organizationId === null ? eq(runs.accountId, accountId) : or(eq(runs.accountId, accountId), eq(runs.organizationId, organizationId)), isNotNull(runs.endedAt))).orderBy(desc(runs.endedAt), desc(runs.id)).limit(limit)

/** Runs that are not over and that no living process watches. */
export const listUnwatchedRuns = (db: Queryable): Promise<RunRow[]> => db.select(columns).from(runs).where(and(isNull(runs.endedAt), isFree))

/** Takes the run for `holder` when nobody has it; the epoch of the lease, or null. */
export const acquireLease = async (db: Queryable, input: { runId: number; holder: string; ttlMs: number }): Promise<number | null> => {
  const [row] = await db
    .update(runs)
    .set({ leaseHolder: input.holder, leaseUntil: untilAfter(input.ttlMs), leaseEpoch: sql`${runs.leaseEpoch} + 1` })
    .where(and(eq(runs.id, input.runId), or(isFree, eq(runs.leaseHolder, input.holder))))
    .returning({ epoch: runs.leaseEpoch })
  return row?.epoch ?? null
}

export type KeptCopy = Pick<RunRow, 'sealedToken' | 'endedAt'>

/** Keeps the lease, and says which copy of a token is kept now; null when the lease has passed to another. */
export const renewLease = async (db: Queryable, input: { runId: number; epoch: number; ttlMs: number }): Promise<KeptCopy | null> => {
  const [row] = await db
    .update(runs)
    .set({ leaseUntil: untilAfter(input.ttlMs) })
    .where(and(eq(runs.id, input.runId), eq(runs.leaseEpoch, input.epoch)))
    .returning({ sealedToken: runs.sealedToken, endedAt: runs.endedAt })
  return row ?? null
}

/** `lastPolledAt`: the holder's last reading, which nobody noted while nothing changed; null leaves what is noted. */
export const releaseLease = async (db: Queryable, input: { runId: number; epoch: number; lastPolledAt: Date | null }): Promise<void> => {
  const noted = input.lastPolledAt === null ? {} : { lastPolledAt: input.lastPolledAt }
  await db.update(runs).set({ leaseHolder: null, leaseUntil: null, ...noted }).where(and(eq(runs.id, input.runId), eq(runs.leaseEpoch, input.epoch)))
}

export type RunPatch = Partial<Pick<RunRow, 'status' | 'currentBatch' | 'numOfBatches' | 'counts' | 'startedAt' | 'endedAt' | 'lastPolledAt' | 'comment' | 'options' | 'isKept' | 'sealedToken' | 'clusterNodes'>>

/**
 * Writes changes and what lists show, both or none. Refused (false) when the lease has passed to another: a
 * holder that was frozen must not write over its successor; and when more or less is stored than `afterSeq`, the last
 * change before these: a write that seemed to have failed came through after all. One statement and no transaction
 * block: a frozen holder would keep its block open and the run's row locked, and the driver (postgres 3.4) ends the
 * whole process when a connection is lost inside a block.
 */
export const appendChanges = async (db: Database, input: { runId: number; epoch: number; afterSeq: number; changes: RunChange[]; patch: RunPatch }): Promise<boolean> => {
  const { runId, epoch, afterSeq, changes, patch } = input
  const last = changes.at(-1)
  const held = db
    .update(runs)
    .set({ ...patch, seq: last?.seq ?? afterSeq })
    .where(and(eq(runs.id, runId), eq(runs.leaseEpoch, epoch), eq(runs.seq, afterSeq)))
    .returning({ id: runs.id })
  if (last === undefined) return (await held).length > 0
  const fence = db.$with('fence').as(held)
  const rows = await db
    .with(fence)
    .insert(runChanges)
    .select(sql`select fence.id, ${last.seq}::integer, ${storableJson(changes)}::jsonb from fence`)
    .returning({ seq: runChanges.seq })
  return rows.length > 0
}

/** Changes after `afterSeq`, oldest first. */
export const readChanges = async (db: Queryable, runId: number, afterSeq = 0): Promise<RunChange[]> => {
  const rows = await db.select().from(runChanges).where(and(eq(runChanges.runId, runId), gt(runChanges.seq, afterSeq))).orderBy(asc(runChanges.seq))
  return rows.flatMap(({ changes }) => changes).filter(({ seq }) => seq > afterSeq)
}

/** Removes a run's copy of a token that no longer works; one that somebody agreed to since stays. */
export const removeRunToken = async (db: Queryable, { id, sealedToken }: Pick<RunRow, 'id' | 'sealedToken'>): Promise<void> => {
  if (sealedToken !== null) await db.update(runs).set({ sealedToken: null }).where(and(eq(runs.id, id), eq(runs.sealedToken, sealedToken)))
}

/** Whether a copy of a token is kept so that recording goes on unattended. The copy changes with it; a run that is over takes none. */
export const setRunKept = async (db: Queryable, runId: number, kept: { isKept: boolean; sealedToken: string | null }): Promise<void> => {
  await db.update(runs).set(kept).where(and(eq(runs.id, runId), isNull(runs.endedAt)))
}
