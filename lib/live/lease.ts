import 'server-only'
import type { Database } from '@/lib/db/client'
import { acquireLease, releaseLease, renewLease, type KeptCopy } from '@/lib/db/queries/runs'
import type { LiveLog } from './log'
import type { Timers } from './timers'

export const leaseTtlMs = 15_000

export type Lease = {
  epoch: number
  /** Gives the run up. `lastPolledAtMs`: when it was last read, so that whoever goes on knows how much was missed. */
  release: (lastPolledAtMs?: number | null) => Promise<void>
}

/** `ttlMs`: how long the lease lasts by the clock of the database. */
type LeaseOptions = { db: Database; runId: number; holder: string; ttlMs: number; timers: Timers; log: LiveLog; onRenewed: (kept: KeptCopy) => void; onLost: () => void }

/**
 * Holds a run for this process, or null when another has it. The lease is kept until it is released or has
 * passed to another; while the database is away it is tried again, and the epoch keeps a late write out.
 */
export const holdLease = async ({ db, runId, holder, ttlMs, timers, log, onRenewed, onLost }: LeaseOptions): Promise<Lease | null> => {
  const epoch = await acquireLease(db, { runId, holder, ttlMs })
  if (epoch === null) return null
  let cancel = () => {}
  let isReleased = false

  const renew = async () => {
    try {
      const kept = await renewLease(db, { runId, epoch, ttlMs })
      if (isReleased) return
      if (kept === null) return onLost()
      onRenewed(kept)
    } catch {
      log.warn({ runId }, 'a lease could not be renewed')
    }
    if (!isReleased) plan()
  }
  const plan = () => {
    cancel = timers.after(leaseTtlMs / 3, () => void renew())
  }
  plan()

  return {
    epoch,
    release: async (lastPolledAtMs = null) => {
      if (isReleased) return
      isReleased = true
      cancel()
      await releaseLease(db, { runId, epoch, lastPolledAt: lastPolledAtMs === null ? null : new Date(lastPolledAtMs) }).catch(() => log.warn({ runId }, 'a lease could not be released'))
    },
  }
}
