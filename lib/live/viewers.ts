import 'server-only'
import type { Database } from '@/lib/db/client'
import type { RunRow } from '@/lib/db/queries/runs'
import { liveSessions } from '@/lib/db/queries/sessions'
import { AppError } from '@/lib/errors'
import type { Hub } from './hub'
import type { LiveLog } from './log'
import { openStream, type OpenedStream, type StreamSource } from './stream'
import type { Timers } from './timers'

export type StreamRequest = {
  run: RunRow
  sessionId: string
  expiresAtMs: number
  resumeAfter: number | null
  signal: AbortSignal
  token: string
  /** False once the token may no longer read the run's cluster. */
  mayStay: () => Promise<boolean>
}

/** Somebody who looks at a run, and the token they look with. */
export type Viewer = { run: RunRow; runId: number; sessionId: string; token: string; stream: OpenedStream }

type ViewersOptions = {
  database: () => Promise<Database>
  sourceOf: (run: RunRow) => StreamSource
  sessionIdleMs: number
  hub: Hub
  timers: Timers
  log: LiveLog
  onCame: (runId: number) => void
  /** `isFinal`: they may not come back, as somebody does who loads the page again. */
  onLeft: (runId: number, isFinal: boolean) => void
}

/** Browsers open six connections to a server over HTTP/1.1; tabs beyond twice that are a fault. */
const mostStreamsOfSession = 12
/** As long as the proof lasts with which a stream is opened. */
const lookAgainEveryMs = 60_000

/** The streams that are open on this process: each for as long as its session lasts and its token may see the run. */
export const createViewers = ({ database, sourceOf, sessionIdleMs, hub, timers, log, onCame, onLeft }: ViewersOptions) => {
  const viewers = new Set<Viewer>()
  let isDown = false

  const end = (viewer: Viewer, reason: 'signed-out' | 'refused') => {
    viewer.stream.end(reason)
    onLeft(viewer.runId, true)
  }

  /** Ends what belongs to sessions that are over: a sign-out is told once, and not to a server whose database is away just then. */
  const endSignedOut = async (among: Iterable<Viewer> = viewers) => {
    const asked = [...among]
    if (asked.length === 0) return
    const ids = new Set(asked.map(({ sessionId }) => sessionId))
    const alive = await liveSessions(await database(), { ids: [...ids], now: new Date(timers.now()), idleMs: sessionIdleMs })
    for (const viewer of asked) if (viewers.has(viewer) && !alive.has(viewer.sessionId)) end(viewer, 'signed-out')
  }

  /** Asks again and again whether they may stay; the answer ends the asking. */
  const lookAfter = (viewer: Viewer, mayStay: StreamRequest['mayStay']) => {
    let cancel = () => {}
    const look = async () => {
      const isWelcome = await mayStay()
      if (!viewers.has(viewer)) return
      if (isWelcome) plan()
      else end(viewer, 'refused')
    }
    const plan = () => {
      cancel = timers.after(lookAgainEveryMs, () => void look())
    }
    plan()
    return () => cancel()
  }

  return {
    all: (): ReadonlySet<Viewer> => viewers,
    endSession: (sessionId: string) => {
      for (const viewer of [...viewers]) if (viewer.sessionId === sessionId) end(viewer, 'signed-out')
    },
    endSignedOut,
    /** Throws `too_many_streams`. */
    open: ({ run: given, sessionId, token, expiresAtMs, resumeAfter, signal, mayStay }: StreamRequest): ReadableStream<Uint8Array> => {
      if ([...viewers].filter((viewer) => viewer.sessionId === sessionId).length >= mostStreamsOfSession)
        throw new AppError('too_many_streams', { detail: `At most ${mostStreamsOfSession} live pages are open at once. Close one and try again.`, retryAfterSeconds: 5 })
      // One row for all who look, and not a copy for each.
      const run = [...viewers].find(({ runId }) => runId === given.id)?.run ?? given
      let leave: (() => void) | null = null
      const stream = openStream({ source: sourceOf(run), hub, timers, log, resumeAfter, signal, onClosed: () => leave?.() })
      // They may have gone before they were let in.
      if (signal.aborted) return stream.body
      const viewer: Viewer = { run, runId: run.id, sessionId, token, stream }
      const cancelExpiry = timers.after(Math.max(0, expiresAtMs - timers.now()), () => end(viewer, 'signed-out'))
      const cancelLooks = lookAfter(viewer, mayStay)
      leave = () => {
        cancelExpiry()
        cancelLooks()
        viewers.delete(viewer)
        onLeft(run.id, false)
      }
      viewers.add(viewer)
      onCame(run.id)
      // The session may have ended while the way here was looked up; where that cannot be asked the next round asks.
      void endSignedOut([viewer]).catch(() => {})
      if (isDown) stream.end('shutdown')
      return stream.body
    },
    shutdown: () => {
      isDown = true
      for (const { stream } of [...viewers]) stream.end('shutdown')
    },
  }
}
