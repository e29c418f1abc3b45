import 'server-only'
import type { PartProblem } from '@/lib/contract/problem'
import type { Freshness } from '@/lib/contract/run'
import type { RunPatch } from '@/lib/db/queries/runs'
import type { NewRunChange, RunFacts } from '@/lib/domain/progress/change'
import { diffMigration } from '@/lib/domain/progress/diff'
import { endsRun, goesBack } from '@/lib/domain/progress/diff-run'
import { phaseOf } from '@/lib/domain/progress/phase'
import { endOf, startOf } from '@/lib/domain/progress/reading'
import { isRunOver } from '@/lib/domain/progress/state'
import { deletedStatus } from '@/lib/domain/run-rules'
import type { SpotClient } from '@/lib/spot/client'
import { SpotError, type SpotErrorKind } from '@/lib/spot/errors'
import type { Migration } from '@/lib/spot/schemas/migration'
import { failureIntervalMs, readingIntervalMs } from './interval'
import type { LandingCheck } from './landing'
import type { LiveLog } from './log'
import { problemOf } from './problem'
import type { Recorder } from './recorder'
import { createRunHeartbeat } from './run-heartbeat'
import { createRunLog } from './run-log'
import { createRunReader } from './run-reader'
import type { Timers } from './timers'

export type Watcher = {
  freshness: () => Freshness
  /** Brings the next reading forward, unless the upstream asked to wait. */
  hurry: () => void
  /** The reading under way that records the end of the run, which none repeats; null without one. */
  ending: () => Promise<void> | null
  /** Ends the readings; one that is on its way is given up. */
  stop: () => void
}

type WatcherOptions = {
  run: { id: number; clusterId: string; migrationId: string; startedAtMs: number }
  lastPolledAtMs: number | null
  /** What the record says of the time since the last reading, when nobody read the run. */
  absence: string
  recorder: Recorder
  landing: LandingCheck
  spot: SpotClient
  timers: Timers
  random: () => number
  pollIntervalMs: number
  log: LiveLog
  /** A reading that the caller already holds. */
  first: Migration | null
  onFreshness: (freshness: Freshness) => void
  /** The run is over and its record is complete. */
  onOver: () => void
  /** The token no longer works for this run. */
  onRefused: (problem: PartProblem) => void
}

/** How often the log and the heartbeat are read beside the run. */
const besidesEveryReadings = 5
/** An interruption of more readings than this is shown as a gap. */
const gapAfterReadings = 5
const gone = 'Spot no longer knows this run: it was deleted there. The record ends with what was seen last.'
const nothingSaid: RunFacts = { status: deletedStatus, currentBatch: null, numOfBatches: null, progressPercentage: null, erredAtMs: null, stoppedAtMs: null, completedAtMs: null }
const stoodStill = 'The server stood still, or was too busy to read.'
const listedAsOn = 'Spot did not know this run when it was asked for it, and its list of migrations has it as on. The record goes on.'
const hurriedMs = 250

const refused: ReadonlySet<SpotErrorKind> = new Set(['unauthorized', 'forbidden'])

const knownOf = (migration: Migration): RunPatch => {
  const ms = startOf(migration)
  return { ...(ms === null ? {} : { startedAt: new Date(ms) }), ...(migration.comment === null ? {} : { comment: migration.comment }) }
}

/** Reads one run until it is over: one reading at a time, at an interval that follows what happens. */
export const startWatcher = (options: WatcherOptions): Watcher => {
  const { run, recorder, landing, spot, timers, pollIntervalMs: baseMs } = options
  let startedAtMs = run.startedAtMs
  let endedAtMs: number | null = null
  const readLog = createRunLog(spot, { ...run, startedAtMs: () => startedAtMs, endedAtMs: () => endedAtMs }, recorder.state().log)
  const readHeartbeat = createRunHeartbeat(spot, run.clusterId)
  const abort = new AbortController()
  const noteListedAsOn = () => {
    if (!recorder.state().anomalies.some(({ sentence }) => sentence === listedAsOn)) recorder.record([{ kind: 'anomaly', body: { sentence: listedAsOn } }])
  }
  const readRun = createRunReader({ spot, run, timers, signal: abort.signal, onListedAsOn: noteListedAsOn })
  let lastPolledAtMs = options.lastPolledAtMs
  let polledElapsedMs: number | null = null
  let interruption: string | null = lastPolledAtMs === null ? null : options.absence
  let nextPollAtMs: number | null = null
  /** The same moment by the time that nobody can set. */
  let dueAtMs: number | null = null
  let problem: PartProblem | null = null
  let failures = 0
  let wasBack = false
  let besides: Promise<void> | null = null
  let readings = 0
  let readingsSinceChange = 0
  let reading: Promise<void> | null = null
  let isEnding = false
  let isHurried = false
  let blockedUntilMs = 0
  let cancel = () => {}

  const freshness = (): Freshness => {
    const shown = problem ?? recorder.problem()
    return { state: shown === null ? 'live' : 'waiting', lastPolledAtMs, nextPollAtMs, problem: shown }
  }

  const schedule = (ms: number) => {
    cancel()
    if (abort.signal.aborted) return
    nextPollAtMs = timers.now() + ms
    dueAtMs = timers.elapsedMs() + ms
    cancel = timers.after(ms, () => turn())
    options.onFreshness(freshness())
  }

  const gap = (untilMs: number): NewRunChange[] => {
    const fromMs = lastPolledAtMs
    if (interruption === null || fromMs === null || untilMs - fromMs < gapAfterReadings * baseMs) return []
    return [{ kind: 'gap', body: { fromMs, reason: interruption } }]
  }

  /** How long ago the run may have ended at most: since it was last seen to be on, and since Spot says that it ended. */
  const lateMs = (migration: Migration): number => {
    const unreadMs = polledElapsedMs !== null ? timers.elapsedMs() - polledElapsedMs : lastPolledAtMs === null ? Number.POSITIVE_INFINITY : timers.now() - lastPolledAtMs
    const end = endOf(migration)
    return Math.min(unreadMs, end === null ? Number.POSITIVE_INFINITY : Math.max(0, timers.now() - end))
  }

  /** `atMs`: when the reading was answered. What was read beside it may have come later. */
  const take = (migration: Migration, atMs: number, lines: readonly NewRunChange[]) => {
    const isBack = goesBack(recorder.state(), migration)
    const changes = diffMigration(recorder.state(), migration, isBack && wasBack)
    wasBack = isBack
    const seen = [...gap(atMs), ...changes].map((change) => ({ ...change, atMs }))
    lastPolledAtMs = atMs
    polledElapsedMs = timers.elapsedMs()
    interruption = null
    failures = 0
    problem = null
    readings += 1
    readingsSinceChange = changes.length > 0 ? 0 : readingsSinceChange + 1
    recorder.record([...seen, ...lines], { ...knownOf(migration), lastPolledAt: new Date(atMs) })
  }

  /** What the log adds; a log that cannot be read costs lines, not the run. */
  const newLines = async (): Promise<NewRunChange[]> => {
    try {
      return await readLog(recorder.state().nodes, timers.now(), abort.signal)
    } catch (error) {
      if (error instanceof SpotError) return []
      throw error
    }
  }

  const newHeartbeat = () => readHeartbeat(recorder.state().heartbeats.at(-1), abort.signal)

  /** What is read beside the run takes as long as it does: the next reading does not wait, and there is one at a time. */
  const readBesides = () => {
    besides ??= Promise.all([newLines(), newHeartbeat()])
      .then((news) => recorder.record(news.flat()))
      .catch((error: unknown) => options.log.warn({ runId: run.id, fault: error instanceof Error ? error.stack : undefined }, 'what is read beside a run failed within Slipway'))
      .finally(() => {
        besides = null
      })
  }

  const lastNews = async (migration: Migration): Promise<NewRunChange[]> => {
    await besides
    return (await Promise.all([newLines(), newHeartbeat(), landing.last(migration, lateMs(migration), abort.signal)])).flat()
  }

  const finish = async () => {
    nextPollAtMs = null
    await recorder.settled()
    if (!abort.signal.aborted) options.onOver()
  }

  /** Neither by itself nor in the list: its record ends here, and its token goes. */
  const endAsGone = () => {
    const last: RunFacts = recorder.state().facts ?? nothingSaid
    recorder.record([...gap(timers.now()), { kind: 'anomaly', body: { sentence: gone } }, { kind: 'run', body: { ...last, status: deletedStatus } }])
    return finish()
  }

  const fail = (error: unknown) => {
    if (abort.signal.aborted) return
    problem = problemOf(error)
    failures += 1
    interruption = problem.detail
    if (!(error instanceof SpotError)) options.log.warn({ runId: run.id, fault: error instanceof Error ? error.stack : undefined }, 'a reading failed within Slipway')
    else if (refused.has(error.kind)) return options.onRefused(problem)
    const waitMs = failureIntervalMs({ baseMs, failures, error, random: options.random })
    if (error instanceof SpotError && error.kind === 'rate-limited') blockedUntilMs = timers.now() + waitMs
    schedule(waitMs)
  }

  const read = async (given: Migration | null) => {
    const migration = given ?? (await readRun())
    if (migration === null) return endAsGone()
    startedAtMs = knownOf(migration).startedAt?.getTime() ?? startedAtMs
    // The end is recorded with its last lines and a look at the cluster: nobody reads a run again that is over.
    const isLast = endsRun(recorder.state(), migration)
    isEnding = isLast
    endedAtMs = isLast ? endOf(migration) : null
    const atMs = timers.now()
    take(migration, atMs, isLast ? await lastNews(migration) : [])
    if (!isLast) landing.note(migration, abort.signal)
    if (!isLast && (readings - 1) % besidesEveryReadings === 0) readBesides()
    if (isRunOver(recorder.state())) return finish()
    const waitMs = readingIntervalMs({ baseMs, phase: phaseOf(recorder.state()), readingsSinceChange, pace: spot.pace('getMigration') })
    schedule(isHurried ? Math.min(waitMs, hurriedMs) : waitMs)
  }

  /** A host that was suspended plans a reading and comes to it long after: it cannot say what happened when meanwhile. A clock that is set meanwhile is no such thing. */
  const noteLateness = () => {
    const lateMs = dueAtMs === null ? 0 : timers.elapsedMs() - dueAtMs
    if (lateMs >= gapAfterReadings * baseMs) interruption ??= stoodStill
  }

  const readOnce = async (given: Migration | null) => {
    try {
      await read(given)
    } catch (error) {
      fail(error)
    } finally {
      reading = null
      isEnding = false
    }
  }

  const turn = (given: Migration | null = null) => {
    if (reading !== null || abort.signal.aborted) return
    isHurried = false
    noteLateness()
    reading = readOnce(given)
  }

  turn(options.first)
  return {
    freshness,
    hurry: () => {
      isHurried = true
      readingsSinceChange = 0
      const isDueSoon = nextPollAtMs !== null && nextPollAtMs <= timers.now() + hurriedMs
      if (reading === null && !isDueSoon && timers.now() >= blockedUntilMs) schedule(hurriedMs)
    },
    ending: () => (isEnding ? reading : null),
    stop: () => {
      cancel()
      abort.abort()
    },
  }
}
