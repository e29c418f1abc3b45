import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Freshness, RunRecord } from '@/lib/contract/run'
import type { OpenDatabase } from '@/lib/db/client'
import { findPredicted } from '@/lib/db/queries/launches'
import { findRunById, readChanges, setRunKept, type RunRow } from '@/lib/db/queries/runs'
import { timeLeft, type EtaRange } from '@/lib/domain/progress/lanes'
import type { SpotClient } from '@/lib/spot/client'
import type { Migration } from '@/lib/spot/schemas/migration'
import type { SpotCredentials } from '@/lib/spot/types'
import type { Vault } from '@/lib/vault/vault'
import { freshnessOfRow } from './freshness'
import { createHousekeeping } from './housekeeping'
import { createHub } from './hub'
import { createLending } from './lending'
import type { KubeLooks } from './landing'
import { createLauncher, type Launcher } from './launcher'
import { leaseTtlMs } from './lease'
import type { LiveLog } from './log'
import { recordOf } from './record'
import { runSeal } from './seals'
import { shareReads } from './share-reads'
import { systemTimers, type Timers } from './timers'
import { createViewers, type StreamRequest } from './viewers'
import { createWatchers } from './watchers'

export type LiveOptions = {
  /** Opens the database on first use. May reject; it is asked again later. */
  connection: () => Promise<OpenDatabase>
  vault: Vault
  spotFor: (credentials: SpotCredentials) => SpotClient
  kube: KubeLooks
  now: () => number
  log: LiveLog
  pollIntervalMs: number
  /** How long a lease lasts by the clock of the database, which no test can hurry. */
  ttlMs?: number
  /** Days after its end that a run is kept; null: for ever. */
  retentionDays?: number | null
  /** A session that nobody has used for so long is over. */
  sessionIdleMs: number
  timers?: Timers
  random?: () => number
}

export type Live = {
  /** Takes up the runs and launches that are not over, and looks for abandoned ones from then on. */
  resume: () => Promise<void>
  launcher: Launcher
  /**
   * Has an open run that nobody records recorded: with the copy that is kept for it, else with this token
   * for as long as someone looks. `first` is a reading that is already at hand; it is recorded in any case.
   */
  adopt: (run: RunRow, token: string, first?: Migration) => Promise<void>
  /** Takes a record that is over up again with this token, because `reading`, which was made since, says that the run is on. */
  reopen: (run: RunRow, token: string, reading: Migration) => Promise<void>
  /**
   * Notes on the record who asked for a stop, and brings the next reading forward. A run that nobody records is
   * read with the token of whoever asked, for a moment.
   */
  noteStop: (run: RunRow, token: string, askedBy: string) => void
  /** True when a copy of a token is kept for the run that the keys of this server open. */
  hasCopy: (run: RunRow) => boolean
  /** True when the run is recorded with this token. */
  isKept: (run: RunRow, token: string) => boolean
  /** Keeps a sealed copy of the token so that recording goes on unattended, or keeps none: then it lasts while someone looks. */
  setKept: (run: RunRow, token: string, isKept: boolean) => Promise<void>
  /** Removes the run's copy of this token, whose owner leaves: pages that they left open no longer lend it either. */
  withdraw: (runId: number, token: string) => Promise<void>
  freshnessOf: (run: RunRow) => Freshness
  /** How long a run that this server watches still takes by its own batches; null before one has ended, and where another server watches. */
  timeLeftOf: (run: RunRow) => EtaRange | null
  /** The whole record of a run as it is stored now. */
  record: (run: RunRow) => Promise<RunRecord>
  /** Opens a stream of server-sent events. Throws `too_many_streams`. */
  stream: (request: StreamRequest) => ReadableStream<Uint8Array>
  /** Ends the streams of a session, on every server. */
  closeSession: (sessionId: string) => void
  counts: () => { watchers: number; streams: number }
  /** How old the oldest last reading among the watched runs is; 0 without any. */
  lagMs: () => number
  /** Ends every stream, hands the runs over and stops. Takes less than a second. */
  shutdown: () => Promise<void>
}

const shutdownMs = 800

/** Everything that goes on without a request: watching, recording, fan-out, streams and unanswered launches. */
export const createLive = ({ connection, vault, spotFor, kube, log, pollIntervalMs, ttlMs = leaseTtlMs, retentionDays = null, sessionIdleMs, random = Math.random, ...rest }: LiveOptions): Live => {
  const timers = rest.timers ?? systemTimers(rest.now)
  const self = randomUUID()
  const hub = createHub(self, log)
  const database = async () => (await connection()).db
  const holder = async () => ((await connection()).kind === 'embedded' ? 'embedded' : self)
  const watchers = createWatchers({ database, holder, vault, spotFor, kube, hub, timers, random, pollIntervalMs, leaseTtlMs: ttlMs, log, isDatabaseJustBack: () => isJustBack, onRefused: (runId, token) => lending.refuse(runId, token), onUnwatched: (runId) => void lending.begin(runId) })
  const launcher = createLauncher({ database, vault, spotFor, watch: (run, token) => takeUp(run, token, { isNew: true }), timers, log })
  const lending = createLending({ viewers: () => viewers.all(), watchers, timers, adopt: (runId, token) => adoptById(runId, token), log })
  const housekeeping = createHousekeeping({ database, retentionDays, sessionIdleMs, timers, log })
  let cancelRound = () => {}
  let cancelGrace = () => {}
  let isJustBack = false
  let isFirstRound = true
  let isDown = false

  /** Those who look go on with the run when only the kept copy was refused. */
  const withdrawn = async (runId: number, isRefused: boolean) => {
    await watchers.withdraw(runId)
    if (isRefused) await lending.begin(runId)
  }

  const recordStop = (runId: number, askedBy: string) => {
    const one = watchers.get(runId)
    one?.recorder.record([{ kind: 'stop', body: { askedBy } }])
    one?.watcher.hurry()
  }
  /** Where another server holds the run nothing is taken up here, and that one has been told. */
  const noteStopAlone = async (run: RunRow, token: string, askedBy: string) => {
    await takeUp(run, token, { isNew: true })
    recordStop(run.id, askedBy)
  }

  hub.onAny((signal) => {
    if (signal.kind === 'session-closed') viewers.endSession(signal.sessionId)
    if (signal.kind === 'recording-withdrawn') void withdrawn(signal.runId, signal.isRefused)
    if (signal.kind === 'stop-asked') recordStop(signal.runId, signal.askedBy)
  })

  const timeLeftOf = ({ id }: RunRow) => {
    const watched = watchers.get(id)
    // While Spot cannot be read nobody knows how far the run is.
    if (watched === undefined || watched.watcher.freshness().problem !== null) return null
    const left = timeLeft(watched.recorder.state(), timers.now())
    return left?.isMeasured ? left : null
  }
  const freshnessOf = (run: RunRow) => watchers.get(run.id)?.watcher.freshness() ?? freshnessOfRow(watchers.hasCopy(run) ? run : { ...run, sealedToken: null }, { nowMs: timers.now(), pollIntervalMs })

  const freshRow = shareReads((run: RunRow) => run.id, async (run: RunRow) => (await findRunById(await database(), run.id)) ?? run)

  const readRecord = async (run: RunRow): Promise<RunRecord> => {
    // The row first: it and the changes are written together, so a run that it calls over has all its changes.
    const row = await freshRow(run)
    const changes = await readChanges(await database(), run.id)
    const predicted = row.launchId === null ? undefined : await findPredicted(await database(), row.launchId)
    return { ...recordOf(row, changes, freshnessOf(row), timers.now()), ...(predicted === undefined ? {} : { predicted }) }
  }
  // A thousand people who come back at once are told by two readings.
  const record = shareReads((run: RunRow) => run.id, readRecord)

  // What the holder tells comes without the changes to every other server, and all who look there want the same ones.
  const changesAfter = shareReads(
    ({ runId, seq }: { runId: number; seq: number }) => `${runId} ${seq}`,
    async ({ runId, seq }) => readChanges(await database(), runId, seq),
  )

  const sourceOf = (run: RunRow) => ({
    runId: run.id,
    record: () => record(run),
    head: async () => {
      const row = await freshRow(run)
      return { seq: row.seq, freshness: freshnessOf(row) }
    },
    changesAfter: (seq: number) => changesAfter({ runId: run.id, seq }),
  })
  const viewers = createViewers({ database, sourceOf, sessionIdleMs, hub, timers, log, onCame: (runId) => void lending.begin(runId), onLeft: (runId, isFinal) => lending.left(runId, isFinal) })

  const takeUp = async (run: RunRow, token: string, { first, isNew }: { first?: Migration; isNew: boolean }) => {
    if (run.endedAt !== null || watchers.get(run.id) !== undefined) return
    const isLent = !watchers.hasCopy(run)
    if (isLent && !isNew && !lending.hasViewers(run.id)) return
    await watchers.watch(run.id, { first, lent: isLent ? token : null })
    if (first !== undefined) await watchers.get(run.id)?.recorder.settled()
    // Whoever has just met the run has a moment to open it.
    if (isLent) lending.left(run.id)
  }
  const adopt = (run: RunRow, token: string, first?: Migration) => takeUp(run, token, { first, isNew: first !== undefined })
  const reopen = async (run: RunRow, token: string, first: Migration) => {
    await watchers.watch(run.id, { first, lent: token, endedSeq: run.seq })
    await watchers.get(run.id)?.recorder.settled()
    lending.left(run.id)
  }
  const adoptById = async (runId: number, token: string) => {
    const row = await findRunById(await database(), runId)
    if (row !== null) await adopt(row, token)
  }

  const noteAway = () => {
    cancelGrace()
    isJustBack = true
    cancelGrace = timers.after(leaseTtlMs, () => (isJustBack = false))
  }

  const round = async () => {
    try {
      const { kind, sql } = await connection()
      if (kind === 'postgres') await hub.join(sql)
      await viewers.endSignedOut()
      await watchers.sweep({ isAlone: isFirstRound && kind === 'embedded' })
      await lending.beginAll()
      await launcher.resume({ isStart: isFirstRound })
      if (isFirstRound) housekeeping.start()
      isFirstRound = false
    } catch {
      noteAway()
      log.warn({}, 'open runs could not be looked for')
    }
    // A run that has lost its holder waits no longer than a third of a lease beyond it.
    if (!isDown) cancelRound = timers.after(leaseTtlMs / 3, () => void round())
  }

  return {
    resume: round,
    launcher,
    adopt,
    reopen,
    noteStop: (run, token, askedBy) => {
      const isOurs = watchers.get(run.id) !== undefined
      hub.publish({ kind: 'stop-asked', runId: run.id, askedBy })
      if (!isOurs) void noteStopAlone(run, token, askedBy).catch(() => log.warn({ runId: run.id }, 'who asked for a stop could not be noted'))
    },
    hasCopy: (run) => watchers.hasCopy(run),
    isKept: (run, token) => watchers.isKept(run, token),
    setKept: async (run, token, isKept) => {
      await setRunKept(await database(), run.id, { isKept, sealedToken: isKept ? vault.seal(token, runSeal(run)) : null })
      if (isKept) await adoptById(run.id, token)
      else hub.publish({ kind: 'recording-withdrawn', runId: run.id, isRefused: true })
    },
    withdraw: async (runId, token) => {
      lending.refuse(runId, token)
      await setRunKept(await database(), runId, { isKept: false, sealedToken: null })
      hub.publish({ kind: 'recording-withdrawn', runId, isRefused: false })
    },
    freshnessOf,
    timeLeftOf,
    record,
    stream: viewers.open,
    closeSession: (sessionId) => hub.publish({ kind: 'session-closed', sessionId }),
    counts: () => ({ watchers: watchers.count(), streams: viewers.all().size }),
    lagMs: watchers.lagMs,
    shutdown: async () => {
      isDown = true
      cancelRound()
      cancelGrace()
      launcher.stop()
      housekeeping.stop()
      viewers.shutdown()
      await Promise.race([watchers.stop(), new Promise<void>((resolve) => timers.after(shutdownMs, resolve))])
      await Promise.race([hub.close(), new Promise<void>((resolve) => timers.after(shutdownMs / 4, resolve))])
    },
  }
}
