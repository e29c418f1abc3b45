import 'server-only'
import type { LiveLog } from './log'
import type { Timers } from './timers'
import type { Watchers } from './watchers'

type Viewer = { runId: number; sessionId: string; token: string }

type LendingOptions = {
  /** Whoever has a stream open on this process. */
  viewers: () => Iterable<Viewer>
  watchers: Pick<Watchers, 'get' | 'endLent'>
  /** Has the run recorded with this token, if nobody records it. */
  adopt: (runId: number, token: string) => Promise<void>
  timers: Timers
  log: LiveLog
}

/** A page that is loaded again is back within this time. */
const graceMs = 10_000

/**
 * A run that no kept token reads is read on behalf of whoever has it open, and only so long. A token that
 * Spot refuses, or that was taken back, is not tried a second time for the same run on behalf of the same sessions:
 * whoever signs in anew lends anew.
 */
export const createLending = ({ viewers, watchers, adopt, timers, log }: LendingOptions) => {
  const refused = new Set<string>()
  const keyOf = ({ runId, sessionId }: Viewer) => `${runId} ${sessionId}`
  const viewersOf = (runId: number) => [...viewers()].filter((viewer) => viewer.runId === runId)

  const lendersOf = (runId: number) => viewersOf(runId).filter((one) => !refused.has(keyOf(one)))

  const begin = async (runId: number) => {
    if (watchers.get(runId) !== undefined) return
    const [viewer] = lendersOf(runId)
    if (viewer === undefined) return
    await adopt(runId, viewer.token).catch(() => log.warn({ runId }, 'a run could not be taken up for a viewer'))
  }

  /** Whoever may come back lends for a last reading that has begun: it may take longer than the grace, and nobody reads the end a second time. */
  const passOnAfterEnd = async (runId: number) => {
    await watchers.get(runId)?.watcher.ending()
    await passOn(runId)
  }

  const passOn = async (runId: number) => {
    const lent = watchers.get(runId)?.lent
    if (lent === undefined || lent === null || lendersOf(runId).some(({ token }) => token === lent)) return
    await watchers.endLent(runId, lendersOf(runId)[0]?.token)
  }

  return {
    hasViewers: (runId: number) => viewersOf(runId).length > 0,
    /** Takes the run up with the token of one who looks, when nobody records it. */
    begin,
    beginAll: async () => {
      for (const runId of new Set([...viewers()].map((viewer) => viewer.runId))) await begin(runId)
    },
    /** Whoever has the run open with this token lends it no more. */
    refuse: (runId: number, token: string) => {
      for (const viewer of viewersOf(runId)) if (viewer.token === token) refused.add(keyOf(viewer))
    },
    /**
     * A viewer has gone, for good or perhaps to come back within the grace. What was read on their behalf alone ends
     * then, and goes on with the token of another who looks. The end that is being read is read to its end, but for those who leave for good.
     */
    left: (runId: number, isFinal = false) => {
      if (viewersOf(runId).length === 0) for (const key of refused) if (key.startsWith(`${runId} `)) refused.delete(key)
      if (isFinal) void passOn(runId)
      else timers.after(graceMs, () => void passOnAfterEnd(runId))
    },
  }
}
