import 'server-only'
import type { Database } from '@/lib/db/client'
import { storageError } from '@/lib/db/errors'
import { findLaunch, forgetLaunchToken, isOpenLaunch, listUnsettled, markSent, settleLaunch, type LaunchRow } from '@/lib/db/queries/launches'
import { ensureRun, type RunRow } from '@/lib/db/queries/runs'
import { readMark, withMark } from '@/lib/domain/launch-mark'
import { noCounts } from '@/lib/domain/progress/state'
import type { SpotClient } from '@/lib/spot/client'
import { mayHaveTakenEffect, SpotError } from '@/lib/spot/errors'
import type { CreateMigrationBody } from '@/lib/spot/schemas/migration'
import type { SpotCredentials } from '@/lib/spot/types'
import type { Vault } from '@/lib/vault/vault'
import type { LiveLog } from './log'
import { problemOf } from './problem'
import { launchSeal, runSeal } from './seals'
import type { Timers } from './timers'

export type LauncherOptions = {
  database: () => Promise<Database>
  vault: Vault
  spotFor: (credentials: SpotCredentials) => SpotClient
  /** Records the run from here on; with this token while someone looks, when no copy is kept. */
  watch: (run: RunRow, token: string) => Promise<void>
  timers: Timers
  log: LiveLog
}

export type Launcher = {
  /** Runs `act` once for all who ask with the same key at the same time. */
  once: <Result>(key: string, act: () => Promise<Result>) => Promise<Result>
  /** Sends a recorded intent to Spot: once, and never again. Resolves with what became of it. */
  send: (launch: LaunchRow, token: string) => Promise<LaunchRow>
  /** Looks an unanswered launch up in Spot's list, in the background, until its outcome is known. */
  look: (launch: LaunchRow, token: string) => void
  /** Notes that the run of a launch was seen, by whomever: their token is not kept, the starter's is if there still is one. */
  found: (launch: LaunchRow, migrationId: string) => Promise<void>
  /** Takes up what a process that is gone has left unanswered: at the start all of it, later what is too old to be on its way. */
  resume: (input: { isStart: boolean }) => Promise<void>
  stop: () => void
}

/** Pauses between looks; the last one repeats. The list is heavy, so it is not asked for more often than needed. */
const pausesMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const
/** Reads of the list without the mark, one after another, before a launch counts as not found. */
const leastReads = 3
/**
 * How long after the send the run may still turn up in the list; and after Spot has failed, which may come back
 * with lists that are empty at first. A launch that is called not found too early is sent twice.
 */
const settleMs = 120_000
/** Longer than any call takes: after it, a launch of another process is no longer on its way. */
export const abandonedAfterMs = 45_000

const lostAnswer = {
  code: 'launch_unknown',
  detail: 'Spot did not say whether it started the migration. Slipway is looking for it in Spot’s list and sends nothing again by itself.',
}
const notFound = {
  code: 'launch_unknown',
  detail: 'Spot’s list does not show this migration. You can start it again; should it turn up after all, it is recorded as this launch.',
}

/** What is sent: flat, every option explicit, the mark at the end of the comment. */
export const bodyOf = ({ payload, mark }: Pick<LaunchRow, 'payload' | 'mark'>): CreateMigrationBody => {
  const fields = { ...payload.options, comment: withMark(payload.comment, mark) }
  const { nodeNames, nodePoolNames } = payload
  return nodeNames !== undefined && nodeNames.length > 0 ? { ...fields, nodeNames } : { ...fields, nodePoolNames: nodePoolNames ?? [] }
}

const poolsOf = ({ nodePoolNames = [] }: LaunchRow['payload']) => (nodePoolNames.length > 0 ? { nodePoolNames } : {})

const hashOf = ({ planHash }: LaunchRow) => (planHash === null ? {} : { planHash })

/** `isStarters`: the token is that of whoever launched, and not of one who asks what became of it. `hasFailed`: the last look had no answer. `notBeforeMs`: when "not found" may be said, where it once had none, by time that has passed. */
type Look = { launch: LaunchRow; spot: SpotClient; token: string; isStarters: boolean; reads: number; tries: number; hasFailed: boolean; notBeforeMs: number; cancel: () => void }

/** The state machine of launches: pending, sent, then acked, rejected or unknown, and unknown until looked up. */
export const createLauncher = ({ database, vault, spotFor, watch, timers, log }: LauncherOptions): Launcher => {
  const inFlight = new Map<string, Promise<unknown>>()
  const looks = new Map<string, Look>()
  let isStopped = false

  const now = () => new Date(timers.now())
  const clientFor = ({ accountId, organizationId }: LaunchRow, token: string) => spotFor({ token, accountId, organizationId })

  const tokenOf = (launch: LaunchRow): string | null => {
    try {
      return launch.sealedToken === null ? null : vault.open(launch.sealedToken, launchSeal(launch))
    } catch {
      log.warn({ launchId: launch.id }, 'the token of a launch cannot be opened with the keys of this server')
      return null
    }
  }

  /** `token` reads the run from here on; a copy is kept of the starter's own alone, for nobody else was asked. */
  const acknowledge = async (launch: LaunchRow, migrationId: string, token: string | null, isStarters: boolean): Promise<LaunchRow> => {
    const db = await database()
    const { accountId, organizationId, clusterId } = launch
    const isKept = token !== null && isStarters && launch.payload.isRecordingKept !== false
    // The run first: if the process ends between the two, the launch is looked up again and finds it.
    const run = await ensureRun(db, {
      accountId,
      organizationId,
      clusterId,
      migrationId,
      launchId: launch.id,
      startedBy: launch.displayName,
      source: 'slipway',
      comment: bodyOf(launch).comment ?? '',
      options: { ...launch.payload.options, ...poolsOf(launch.payload), ...hashOf(launch) },
      rehearsed: launch.payload.rehearsed ?? null,
      status: 'IN_PROGRESS',
      currentBatch: null,
      numOfBatches: null,
      counts: noCounts(),
      startedAt: launch.sentAt ?? now(),
      isKept,
      sealedToken: isKept ? vault.seal(token, runSeal({ accountId, migrationId })) : null,
      createdAt: now(),
    })
    const settled = await settleLaunch(db, launch.id, { state: 'acked', migrationId, now: now() })
    log.info({ launchId: launch.id, migrationId }, 'a migration was started')
    if (token !== null) await watch(run, token).catch(() => log.warn({ runId: run.id }, 'a run could not be watched yet'))
    return settled ?? { ...launch, state: 'acked', migrationId }
  }

  const plan = (look: Look) => {
    const pauseMs = pausesMs[Math.min(look.tries, pausesMs.length - 1)] ?? 30_000
    // The moment from which "not found" may be said is not slept through.
    const dueMs = look.notBeforeMs - timers.elapsedMs()
    look.tries += 1
    look.cancel = timers.after(dueMs > 0 ? Math.min(pauseMs, dueMs) : pauseMs, () => void step(look))
  }

  /** One look at the list. True when the outcome is known. */
  const find = async ({ launch, spot, token, isStarters, notBeforeMs, ...look }: Look): Promise<boolean> => {
    const { data } = await spot.listMigrations(launch.clusterId, { fresh: true })
    const found = data.find(({ comment }) => readMark(comment) === launch.mark)
    if (found !== undefined) {
      await acknowledge(launch, found.id, token, isStarters)
      return true
    }
    if (look.reads + 1 < leastReads || timers.elapsedMs() < notBeforeMs) return false
    const db = await database()
    const settled = await settleLaunch(db, launch.id, { state: 'not_found', problem: notFound, now: now(), leastAgeMs: settleMs })
    if (settled === null) {
      // Too young, or settled by somebody else meanwhile.
      const row = await findLaunch(db, launch)
      return row === null || !isOpenLaunch(row)
    }
    log.info({ launchId: launch.id }, 'a launch was not found in the list')
    return true
  }

  /** A token that Spot refuses is not tried again; looking goes on when someone who is signed in asks for the launch. */
  const giveUp = async ({ launch, isStarters }: Look) => {
    looks.delete(launch.id)
    if (isStarters) await forgetLaunchToken(await database(), launch.id).catch(() => log.warn({ launchId: launch.id }, 'a refused token could not be removed yet'))
  }

  const step = async (look: Look) => {
    if (isStopped) return
    try {
      if (await find(look)) return void looks.delete(look.launch.id)
      look.reads += 1
      if (look.hasFailed) {
        // Spot answers again: the pauses were for one that does not.
        look.tries = 0
        look.notBeforeMs = timers.elapsedMs() + settleMs
      }
      look.hasFailed = false
    } catch (error) {
      look.hasFailed = true
      look.reads = 0
      log.warn({ launchId: look.launch.id, code: problemOf(error).code }, 'a launch could not be looked up')
      if (error instanceof SpotError && (error.kind === 'unauthorized' || error.kind === 'forbidden')) return giveUp(look)
    }
    plan(look)
  }

  const lookFrom = (launch: LaunchRow, token: string, isStarters = true) => {
    if (isStopped || looks.has(launch.id)) return
    const look: Look = { launch, token, isStarters, spot: clientFor(launch, token), reads: 0, tries: 0, hasFailed: false, notBeforeMs: 0, cancel: () => {} }
    looks.set(launch.id, look)
    plan(look)
  }

  /** Writes the outcome; if that fails the launch is looked up, and the person is told what is known. */
  const settle = async (launch: LaunchRow, token: string, known: Partial<LaunchRow>, write: () => Promise<LaunchRow | null>): Promise<LaunchRow> => {
    try {
      // Nothing written: another process settled it first, and its row says how.
      return (await write()) ?? (await findLaunch(await database(), launch)) ?? { ...launch, ...known }
    } catch (error) {
      log.warn({ launchId: launch.id, code: storageError(error).code }, 'the outcome of a launch could not be written yet')
      lookFrom(launch, token)
      return { ...launch, ...known }
    }
  }

  const fail = async (launch: LaunchRow, token: string, error: SpotError): Promise<LaunchRow> => {
    const isUnknown = mayHaveTakenEffect(error)
    const known = isUnknown ? { state: 'unknown' as const, problem: lostAnswer } : { state: 'rejected' as const, problem: problemOf(error) }
    const settled = await settle(launch, token, known, async () => settleLaunch(await database(), launch.id, { ...known, now: now() }))
    // Somebody may have seen its run meanwhile.
    if (settled.state === 'unknown') lookFrom(settled, token)
    return settled
  }

  return {
    once: <Result>(key: string, act: () => Promise<Result>): Promise<Result> => {
      const running = inFlight.get(key) ?? act().finally(() => inFlight.delete(key))
      inFlight.set(key, running)
      // The key tells the verb and so the type of its result.
      return running as Promise<Result>
    },
    send: async (launch, token) => {
      const row = await markSent(await database(), launch.id).catch((error: unknown) => {
        lookFrom(launch, token)
        throw storageError(error)
      })
      // The record of the run goes by this server's own clock.
      const sent: LaunchRow = { ...row, sentAt: now() }
      try {
        const { data } = await clientFor(launch, token).createMigration(launch.clusterId, bodyOf(launch))
        return await settle(sent, token, { state: 'acked', migrationId: data.id }, () => acknowledge(sent, data.id, token, true))
      } catch (error) {
        if (error instanceof SpotError) return fail(sent, token, error)
        throw error
      }
    },
    found: async (launch, migrationId) => {
      looks.get(launch.id)?.cancel()
      looks.delete(launch.id)
      await acknowledge(launch, migrationId, tokenOf(launch), true)
    },
    look: (launch, token) => lookFrom(launch, token, token === tokenOf(launch)),
    resume: async ({ isStart }) => {
      for (const launch of await listUnsettled(await database(), isStart ? undefined : abandonedAfterMs)) {
        const token = tokenOf(launch)
        if (token !== null) lookFrom(launch, token)
      }
    },
    stop: () => {
      isStopped = true
      for (const { cancel } of looks.values()) cancel()
      looks.clear()
    },
  }
}
