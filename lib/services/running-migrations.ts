import 'server-only'
import type { RunSummary } from '@/lib/contract/run'
import { storageError } from '@/lib/db/errors'
import { listOpenRuns } from '@/lib/db/queries/runs'
import type { Context } from './context'
import { summaryOfRow } from './run-view'

/** The recorded runs of the account that are not over, by cluster. Without the database there are none to tell. */
export const runningMigrations = async ({ db, session, log }: Pick<Context, 'db' | 'session' | 'log'>): Promise<ReadonlyMap<string, RunSummary>> => {
  try {
    const rows = await listOpenRuns(db, session.accountId)
    return new Map(rows.map((row) => [row.clusterId, summaryOfRow(row)]))
  } catch (error) {
    log.warn({ code: storageError(error).code }, 'running migrations could not be read')
    return new Map()
  }
}
