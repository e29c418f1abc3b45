import 'server-only'
import { and, desc, eq, inArray, isNull, notInArray, or, sql } from 'drizzle-orm'
import type { LaunchState } from '@/lib/contract/launch-answer'
import type { PartProblem } from '@/lib/contract/problem'
import { AppError } from '@/lib/errors'
import type { Database, Queryable } from '../client'
import { isUniqueViolation } from '../errors'
import { launches } from '../schema/launches'

export type LaunchRow = typeof launches.$inferSelect
export type NewLaunch = Omit<LaunchRow, 'state' | 'migrationId' | 'problem' | 'createdAt' | 'sentAt' | 'settledAt' | 'endedAt'>

/** Outcomes without a migration: the cluster is free again, and so is the plan. */
export const startedNothing: ReadonlySet<LaunchState> = new Set(['rejected', 'not_found'])

export type InsertResult = { kind: 'inserted'; row: LaunchRow } | { kind: 'same-key'; row: LaunchRow } | { kind: 'other-live'; row: LaunchRow }

export const findLaunchByKey = async (db: Queryable, accountId: string, launchKey: string): Promise<LaunchRow | null> => {
  const [row] = await db.select().from(launches).where(and(eq(launches.accountId, accountId), eq(launches.launchKey, launchKey)))
  return row ?? null
}

/** The launch of a cluster that is on its way or whose run is not over. */
export const findLiveLaunch = async (db: Queryable, accountId: string, clusterId: string): Promise<LaunchRow | null> => {
  const [row] = await db.select().from(launches).where(and(eq(launches.accountId, accountId), eq(launches.clusterId, clusterId), isNull(launches.endedAt)))
  return row ?? null
}

/** The launch of a plan: the one that led, or may yet lead, to a migration before those that did not; of several the last. */
export const findLaunchOfDraft = async (db: Queryable, { accountId, clusterId, draftId }: { accountId: string; clusterId: string; draftId: string }): Promise<LaunchRow | null> => {
  const [row] = await db
    .select()
    .from(launches)
    .where(and(eq(launches.draftId, draftId), eq(launches.accountId, accountId), eq(launches.clusterId, clusterId)))
    .orderBy(desc(notInArray(launches.state, [...startedNothing])), desc(launches.createdAt))
    .limit(1)
  return row ?? null
}

/** The launch whose mark a run bears, or null. */
export const findLaunchByMark = async (db: Queryable, { accountId, clusterId, mark }: { accountId: string; clusterId: string; mark: string }): Promise<LaunchRow | null> => {
  const [row] = await db.select().from(launches).where(and(eq(launches.mark, mark), eq(launches.accountId, accountId), eq(launches.clusterId, clusterId)))
  return row ?? null
}

const insertAttempts = 5

/**
 * Writes the intent, unless the same key was used before or another launch is live in the cluster; then
 * that one is returned. The unique indexes decide, so two servers cannot both win. Its time is that of the database.
 */
export const insertIntent = async (db: Database, input: NewLaunch): Promise<InsertResult> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [row] = await db.insert(launches).values({ ...input, state: 'pending', createdAt: sql`now()` }).returning()
      return { kind: 'inserted', row: row as LaunchRow }
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      const same = await findLaunchByKey(db, input.accountId, input.launchKey)
      if (same !== null) return { kind: 'same-key', row: same }
      const live = await findLiveLaunch(db, input.accountId, input.clusterId)
      if (live !== null) return { kind: 'other-live', row: live }
      // The one in the way ended between the two statements: the next insert finds the place free. Else it is
      // the mark or the id that is taken, and no attempt will do.
      if (attempt >= insertAttempts) throw error
    }
  }
}

/** Since when a launch may be on its way to Spot, by the one clock that all servers share. */
const isOlderThan = (ms: number) => sql`coalesce(${launches.sentAt}, ${launches.createdAt}) <= now() - ${ms} * interval '1 millisecond'`

/**
 * Notes that a launch is about to be sent, by the clock of the database. Throws `launch_unknown` when it is no
 * longer pending: a process that was frozen before it sent must not do so after another has given the launch up.
 */
export const markSent = async (db: Queryable, id: string): Promise<LaunchRow> => {
  const [row] = await db
    .update(launches)
    .set({ state: 'sent', sentAt: sql`now()` })
    .where(and(eq(launches.id, id), eq(launches.state, 'pending')))
    .returning()
  if (row !== undefined) return row
  throw new AppError('launch_unknown', { detail: 'This launch was settled before it was sent, so nothing was sent. Look at the runs of the cluster before you start it again.' })
}

/** `leastAgeMs`: only a launch that is so old by the clock of the database is settled. */
export type Settlement = { state: Exclude<LaunchState, 'pending' | 'sent'>; migrationId?: string; problem?: PartProblem; now: Date; leastAgeMs?: number }

const openStates: LaunchState[] = ['pending', 'sent', 'unknown']

/** Whether it is not known yet what became of a launch. */
export const isOpenLaunch = ({ state }: Pick<LaunchRow, 'state'>): boolean => openStates.includes(state)

/** A run that turns up later corrects "not found"; nothing else replaces an outcome that is known. */
const settledFrom = (state: Settlement['state']): LaunchState[] => (state === 'acked' ? [...openStates, 'not_found'] : openStates)

/** Records what became of a launch, once: null when it was settled before, or is too young for it. Without a run the cluster is free again; the sealed token goes when it is no longer needed. */
export const settleLaunch = async (db: Queryable, id: string, { state, migrationId, problem, now, leastAgeMs }: Settlement): Promise<LaunchRow | null> => {
  const [row] = await db
    .update(launches)
    .set({
      state,
      migrationId: migrationId ?? null,
      problem: problem ?? null,
      settledAt: now,
      ...(startedNothing.has(state) ? { endedAt: now } : {}),
      ...(state === 'unknown' ? {} : { sealedToken: null }),
    })
    .where(and(eq(launches.id, id), inArray(launches.state, settledFrom(state)), leastAgeMs === undefined ? undefined : isOlderThan(leastAgeMs)))
    .returning()
  return row ?? null
}

export const findLaunch = async (db: Queryable, where: { accountId: string; clusterId: string; id: string }): Promise<LaunchRow | null> => {
  const [row] = await db.select().from(launches).where(and(eq(launches.id, where.id), eq(launches.accountId, where.accountId), eq(launches.clusterId, where.clusterId)))
  return row ?? null
}

/** The batches that were foreseen at a launch; undefined for one from before they were kept. */
export const findPredicted = async (db: Queryable, id: string): Promise<LaunchRow['payload']['predicted']> => {
  const [row] = await db.select({ predicted: sql<LaunchRow['payload']['predicted'] | null>`${launches.payload} -> 'predicted'` }).from(launches).where(eq(launches.id, id))
  return row?.predicted ?? undefined
}

/** Launches of the account whose outcome is open. */
export const listOpenLaunches = (db: Queryable, accountId: string): Promise<LaunchRow[]> =>
  db.select().from(launches).where(and(eq(launches.accountId, accountId), isNull(launches.endedAt), inArray(launches.state, openStates)))

/** Forgets the copy of a token that Spot no longer accepts. Whoever asks for the launch has it looked up with their own. */
export const forgetLaunchToken = async (db: Queryable, id: string): Promise<void> => {
  await db.update(launches).set({ sealedToken: null }).where(eq(launches.id, id))
}

/** Launches whose outcome is open, of any age or so old by the clock of the database: after a crash these are looked up upstream. */
export const listUnsettled = (db: Queryable, leastAgeMs?: number): Promise<LaunchRow[]> =>
  db
    .select()
    .from(launches)
    .where(and(inArray(launches.state, openStates), leastAgeMs === undefined ? undefined : isOlderThan(leastAgeMs)))

/** Whether the outcome of a launch is open and nobody can be waiting for Spot's answer any more. */
export const isAbandoned = async (db: Queryable, id: string, leastAgeMs: number): Promise<boolean> => {
  const rows = await db
    .select({ id: launches.id })
    .from(launches)
    .where(and(eq(launches.id, id), or(eq(launches.state, 'unknown'), and(inArray(launches.state, openStates), isOlderThan(leastAgeMs)))))
  return rows.length > 0
}

/** Frees the cluster once the run of a launch is over. */
export const endLaunchOfRun = async (db: Queryable, where: { accountId: string; clusterId: string; migrationId: string; now: Date }): Promise<void> => {
  await db
    .update(launches)
    .set({ endedAt: where.now })
    .where(and(eq(launches.accountId, where.accountId), eq(launches.clusterId, where.clusterId), eq(launches.migrationId, where.migrationId), isNull(launches.endedAt)))
}
