import 'server-only'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import type { RunSummary } from '@/lib/contract/run'
import { storageError } from '@/lib/db/errors'
import { listOpenLaunches } from '@/lib/db/queries/launches'
import { listOpenRuns, listRuns, type RunRow } from '@/lib/db/queries/runs'
import type { EtaRange } from '@/lib/domain/progress/lanes'
import { isOnNow } from '@/lib/domain/progress/reading'
import { summaryOfRow } from '@/lib/live/record'
import type { Migration } from '@/lib/spot/schemas/migration'
import { mayRead } from './cluster-access'
import type { Context } from './context'
import { launchAnswerOf } from './launch-view'
import { isEndConfirmed, meetRuns } from './meet-runs'
import { readPart } from './part'
import { summaryOfMigration } from './run-view'

type OnNow = { run: RunSummary; isUnwatched: boolean; left: EtaRange | null }

/** `isRead` false: whether a migration is on could not be found out. `openLaunch`: one that has no migration yet, or none that is known. */
export type Going = { on: OnNow | null; isRead: boolean; openLaunch: LaunchAnswer | null }

/** What goes on in a cluster. */
export type RunningMigrations = (clusterId: string) => Promise<Going>

/** Listing a cluster's migrations takes megabytes upstream, so lists of clusters live with an answer this old. It is kept for each token and server. */
const listedMaxAgeMs = 5 * 60_000

const orNone = async (ctx: Context, rows: Promise<RunRow[]>): Promise<RunRow[]> => {
  try {
    return await rows
  } catch (error) {
    ctx.log.warn({ code: storageError(error).code }, 'recorded runs could not be read')
    return []
  }
}

const recordedAs = ({ live }: Context, row: RunRow): OnNow => ({ run: summaryOfRow(row), isUnwatched: live.freshnessOf(row).state === 'unwatched', left: live.timeLeftOf(row) })

/** What is on by Spot's list and the records that were brought in line with it. One that the list does not have yet is believed. */
const listedRun = async (ctx: Context, clusterId: string, listed: readonly Migration[]): Promise<OnNow | null> => {
  const readRows = () => orNone(ctx, listRuns(ctx.db, { accountId: ctx.session.accountId, clusterId }))
  const before = await readRows()
  const rows = (await meetRuns(ctx, clusterId, listed, before)) ? await readRows() : before
  const byId = new Map(listed.map((migration) => [migration.id, migration]))
  const hasEnded = ({ migrationId }: RunRow) => {
    const told = byId.get(migrationId)
    return told !== undefined && isEndConfirmed(told)
  }
  const open = rows.find((row) => row.endedAt === null && !hasEnded(row))
  if (open !== undefined) return recordedAs(ctx, open)
  const recorded = new Set(rows.map(({ migrationId }) => migrationId))
  const unrecorded = listed.find((migration) => isOnNow(migration) && !recorded.has(migration.id))
  return unrecorded === undefined ? null : { run: summaryOfMigration(clusterId, unrecorded), isUnwatched: true, left: null }
}

/** Launches whose outcome is open, of whomever: nothing else can be started in their clusters. */
const openLaunches = async ({ db, session, log }: Context): Promise<ReadonlyMap<string, LaunchAnswer>> => {
  try {
    return new Map((await listOpenLaunches(db, session.accountId)).map((row) => [row.clusterId, launchAnswerOf(row)]))
  } catch (error) {
    log.warn({ code: storageError(error).code }, 'open launches could not be read')
    return new Map()
  }
}

/**
 * What is on in the clusters of the account: a run that is being recorded, else what Spot's list says, which is recorded from then on.
 * What is recorded of a cluster is told only to a token that can read it.
 */
export const runningMigrations = async (ctx: Context): Promise<RunningMigrations> => {
  const [open, launches] = await Promise.all([orNone(ctx, listOpenRuns(ctx.db, ctx.session.accountId)), openLaunches(ctx)])
  return async (clusterId) => {
    const openLaunch = launches.get(clusterId) ?? null
    const isKnown = openLaunch !== null || open.some((row) => row.clusterId === clusterId)
    if (isKnown && !(await mayRead(ctx, clusterId))) return { on: null, isRead: false, openLaunch: null }
    const recorded = open.filter((row) => row.clusterId === clusterId).map((row) => recordedAs(ctx, row))
    const watched = recorded.find(({ isUnwatched }) => !isUnwatched)
    if (watched !== undefined) return { on: watched, isRead: true, openLaunch }
    const { data: read } = await readPart(ctx.spot.listMigrations(clusterId, { maxAgeMs: listedMaxAgeMs }))
    if (read === null) return { on: recorded[0] ?? null, isRead: recorded.length > 0, openLaunch }
    return { on: await listedRun(ctx, clusterId, read.data), isRead: true, openLaunch }
  }
}
