import 'server-only'
import type { RunSummary } from '@/lib/contract/run'
import { storageError } from '@/lib/db/errors'
import { findRun, listOpenRuns } from '@/lib/db/queries/runs'
import { isFinalRun } from '@/lib/domain/run-rules'
import { summaryOfRow } from '@/lib/live/record'
import type { Context } from './context'
import { readPart } from './part'
import { summaryOfMigration } from './run-view'

type Needs = Pick<Context, 'db' | 'session' | 'log' | 'spot' | 'live'>

type OnNow = { run: RunSummary; isUnwatched: boolean }

/** The migration that is on in a cluster, and whether nobody records it; or null. */
export type RunningMigrations = (clusterId: string) => Promise<OnNow | null>

/** Listing a cluster's migrations takes megabytes upstream, so lists of clusters live with an answer this old. */
const listedMaxAgeMs = 5 * 60_000

const recordedRuns = async ({ db, session, log, live }: Needs): Promise<ReadonlyMap<string, OnNow>> => {
  try {
    const rows = await listOpenRuns(db, session.accountId)
    return new Map(rows.map((row) => [row.clusterId, { run: summaryOfRow(row), isUnwatched: live.freshnessOf(row).state === 'unwatched' }]))
  } catch (error) {
    log.warn({ code: storageError(error).code }, 'recorded runs could not be read')
    return new Map()
  }
}

const hasEndedHere = async ({ db, session }: Needs, clusterId: string, migrationId: string): Promise<boolean> => {
  const row = await findRun(db, { accountId: session.accountId, clusterId, migrationId }).catch(() => null)
  return row !== null && row.endedAt !== null
}

/** A run that the vendor's list shows as open and that was not seen to end here since. */
const listedRun = async (needs: Needs, clusterId: string): Promise<OnNow | null> => {
  const { data: read } = await readPart(needs.spot.listMigrations(clusterId, { maxAgeMs: listedMaxAgeMs }))
  const open = read?.data.find(({ status }) => !isFinalRun(status))
  if (open === undefined || (await hasEndedHere(needs, clusterId, open.id))) return null
  return { run: summaryOfMigration(clusterId, open), isUnwatched: true }
}

/** What is on in the clusters of the account: recorded runs first, then what Spot lists. */
export const runningMigrations = async (needs: Needs): Promise<RunningMigrations> => {
  const recorded = await recordedRuns(needs)
  return async (clusterId) => recorded.get(clusterId) ?? (await listedRun(needs, clusterId))
}
