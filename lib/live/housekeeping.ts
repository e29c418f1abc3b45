import 'server-only'
import { draftKeptDays } from '@/lib/contract/draft'
import type { Database } from '@/lib/db/client'
import { deleteOldDrafts } from '@/lib/db/queries/drafts'
import { deleteOldRuns, deleteOldShares, removeOldLaunchTokens, removeSpentTokens } from '@/lib/db/queries/forget-runs'
import { deleteExpiredSessions } from '@/lib/db/queries/sessions'
import type { LiveLog } from './log'
import type { Timers } from './timers'

type HousekeepingOptions = {
  database: () => Promise<Database>
  /** Days after its end that a run is kept; null: for ever. */
  retentionDays: number | null
  sessionIdleMs: number
  timers: Timers
  log: LiveLog
}

const dayMs = 24 * 60 * 60_000
/** Well within the hour in which a copy of a token goes after the end of its run. */
const everyMs = 15 * 60_000
/** A copy that served no reading for so long belongs to a run whose end nobody can see. */
const unusedMs = dayMs
/** Runs deleted in one statement: each takes its changes with it, some thousand rows. */
const atOnce = 20
const mostStatements = 25

/**
 * Removes what is no longer to be kept: sessions that are over, copies of tokens, plans that nobody goes on with, and
 * runs and counts of managed nodes older than the installation keeps them.
 * Every server does it; of old runs each statement takes a few, and one server at a time.
 */
export const createHousekeeping = ({ database, retentionDays, sessionIdleMs, timers, log }: HousekeepingOptions) => {
  let cancel = () => {}
  let isStopped = false

  const deleteOld = async (db: Database, days: number) => {
    const before = new Date(timers.now() - days * dayMs)
    let deleted = 0
    for (let statement = 0; statement < mostStatements && !isStopped; statement += 1) {
      const some = await deleteOldRuns(db, { before, limit: atOnce })
      deleted += some
      if (some < atOnce) break
    }
    await deleteOldShares(db, before)
    if (deleted > 0) log.info({ deleted, days }, 'old runs were deleted')
  }

  const round = async () => {
    try {
      const db = await database()
      // Each holds a token, and nobody may sign in for weeks.
      await deleteExpiredSessions(db, { now: new Date(timers.now()), idleMs: sessionIdleMs })
      await deleteOldDrafts(db, new Date(timers.now() - draftKeptDays * dayMs))
      const unusedSince = new Date(timers.now() - unusedMs)
      const removed = (await removeSpentTokens(db, unusedSince)) + (await removeOldLaunchTokens(db, unusedSince))
      if (removed > 0) log.info({ removed }, 'copies of tokens that served no run were removed')
      if (retentionDays !== null) await deleteOld(db, retentionDays)
    } catch {
      log.warn({}, 'what is no longer to be kept could not be removed yet')
    }
    if (!isStopped) plan()
  }

  const plan = () => {
    cancel = timers.after(everyMs, () => void round())
  }

  return {
    /** The first time after a while: whoever was away reads the open runs before anything of them goes. */
    start: plan,
    stop: () => {
      isStopped = true
      cancel()
    },
  }
}
