import 'server-only'
import type { PartProblem } from '@/lib/contract/problem'
import type { Freshness } from '@/lib/contract/run'
import type { Database } from '@/lib/db/client'
import { endLaunchOfRun } from '@/lib/db/queries/launches'
import { findRunById, listOpenRuns, listUnwatchedRuns, readChanges, removeRunToken, type KeptCopy, type RunRow } from '@/lib/db/queries/runs'
import { foldRun } from '@/lib/domain/progress/state'
import type { SpotClient } from '@/lib/spot/client'
import type { Migration } from '@/lib/spot/schemas/migration'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { SpotCredentials } from '@/lib/spot/types'
import type { Vault } from '@/lib/vault/vault'
import { refusedProblem, unwatchedBecause } from './freshness'
import { countCluster } from './count-cluster'
import type { Hub } from './hub'
import { holdLease, type Lease } from './lease'
import { createLandingCheck, type KubeLooks } from './landing'
import type { LiveLog } from './log'
import { createRecorder, type Recorder } from './recorder'
import { runSeal } from './seals'
import type { Timers } from './timers'
import { startWatcher, type Watcher } from './watcher'

export type WatchersOptions = {
  database: () => Promise<Database>
  holder: () => Promise<string>
  vault: Vault
  spotFor: (credentials: SpotCredentials) => SpotClient
  kube: KubeLooks
  hub: Hub
  timers: Timers
  random: () => number
  pollIntervalMs: number
  leaseTtlMs: number
  log: LiveLog
  /** True for as long as a holder may take to renew its leases after the database was away. */
  isDatabaseJustBack: () => boolean
  /** Spot refuses this token for the run. */
  onRefused: (runId: number, token: string) => void
  /** The run has nobody who records it. */
  onUnwatched: (runId: number) => void
}

/** `lent`: the token of someone who looks, with which it is read for as long as they do; null with a kept copy. `sinceMs`: when it was taken up. */
type Watched = { watcher: Watcher; recorder: Recorder; lease: Lease; lent: string | null; sinceMs: number }

const absences = {
  kept: 'The server was not running, or nobody was signed in.',
  lent: 'Nobody had this run open, and nobody’s sign-in was kept for it.',
  over: 'Spot had told the end of this run, so nobody read it.',
}

/** `first`: a reading that is already at hand. `lent`: a token instead of the kept copy. `endedSeq`: the last change of a record that is over, which `first` opens again. */
type Start = { first?: Migration; lent?: string | null; endedSeq?: number }

export type Watchers = {
  /** Reads and records the run from here on, unless it is over or another process does. */
  watch: (runId: number, start?: Start) => Promise<void>
  get: (runId: number) => Watched | undefined
  count: () => number
  /** Age of the oldest last reading; a run that was not read yet counts from when it was taken up. */
  lagMs: () => number
  /** Takes up every run that nobody watches and for which a token is kept. */
  sweep: (input?: { isAlone: boolean }) => Promise<void>
  /** True when the run is recorded with this token. */
  isKept: (row: RunRow, token: string) => boolean
  /** Ends this process's recording of a run whose token was taken back. */
  withdraw: (runId: number) => Promise<void>
  /** Whoever lent their token to the run looks no more: it goes on with a copy that is kept by now, else with `next`, else not. */
  endLent: (runId: number, next?: string) => Promise<void>
  /** True when the keys of this server open the run's copy of a token. */
  hasCopy: (row: RunRow) => boolean
  stop: () => Promise<void>
}

/** The runs this process watches: at most one watcher a run, however many people look. */
export const createWatchers = ({ database, holder, vault, spotFor, kube, hub, timers, random, pollIntervalMs, leaseTtlMs, log, ...on }: WatchersOptions): Watchers => {
  const watched = new Map<number, Watched>()
  const starting = new Map<number, Promise<void>>()
  let isStopped = false

  const leave = async (runId: number) => {
    const one = watched.get(runId)
    if (one === undefined) return
    watched.delete(runId)
    one.watcher.stop()
    one.recorder.close()
    // What the database would not take is read again by the next one: then what is noted stays.
    await one.lease.release(one.recorder.problem() === null ? one.watcher.freshness().lastPolledAtMs : null)
  }

  const tell = (runId: number, seq: number, freshness: Freshness) => hub.publish({ kind: 'freshness', runId, seq, freshness })

  /** `why`: where more is known than the row tells. */
  const tellUnwatched = async (runId: number, lastPolledAtMs: number | null, why?: PartProblem) => {
    const row = await findRunById(await database(), runId).catch(() => null)
    tell(runId, row?.seq ?? 0, { state: 'unwatched', lastPolledAtMs, nextPollAtMs: null, problem: why ?? unwatchedBecause(row ?? { isKept: true }) })
  }

  const onOver = async (db: Database, { id: runId, accountId, clusterId, migrationId }: RunRow, lastPolledAtMs: number | null) => {
    const seq = watched.get(runId)?.recorder.storedSeq() ?? 0
    await leave(runId)
    await endLaunchOfRun(db, { accountId, clusterId, migrationId, now: new Date(timers.now()) }).catch(() => log.warn({ runId }, 'a launch could not be closed'))
    tell(runId, seq, { state: 'ended', lastPolledAtMs, nextPollAtMs: null, problem: null })
    log.info({ runId, migrationId }, 'a run is over and recorded')
  }

  const withdraw = async (runId: number) => {
    // A server that is just taking it up has read the copy already.
    await starting.get(runId)?.catch(() => undefined)
    const one = watched.get(runId)
    if (one === undefined) return
    const { lastPolledAtMs } = one.watcher.freshness()
    await leave(runId)
    await tellUnwatched(runId, lastPolledAtMs)
  }

  const onRefused = async (db: Database, row: RunRow, token: string, lastPolledAtMs: number | null) => {
    const runId = row.id
    on.onRefused(runId, token)
    const isCopy = watched.get(runId)?.lent === null
    if (isCopy) await removeRunToken(db, row).catch(() => log.warn({ runId }, 'a refused token could not be removed'))
    await leave(runId)
    await tellUnwatched(runId, lastPolledAtMs, isCopy ? refusedProblem : undefined)
    on.onUnwatched(runId)
    log.warn({ runId }, 'a run is unwatched: its token was refused')
  }

  const tokenOf = (row: RunRow): string | null => {
    try {
      return row.sealedToken === null ? null : vault.open(row.sealedToken, runSeal(row))
    } catch {
      log.warn({ runId: row.id }, 'the token of a run cannot be opened with the keys of this server')
      return null
    }
  }

  /** After the lease is held nobody else writes. */
  const stateUnder = async (lease: Lease, db: Database, runId: number) => {
    try {
      return foldRun(await readChanges(db, runId))
    } catch (error) {
      await lease.release()
      throw error
    }
  }

  const begin = async (db: Database, row: RunRow, token: string, { first, lent = null }: Start) => {
    const self = await holder()
    // Nobody could renew a lease while the database was away. Its holder has what it has seen meanwhile in memory, and goes first.
    if (on.isDatabaseJustBack() && row.leaseUntil !== null && row.leaseHolder !== self) return
    // Another server that changes the copy tells it once; whoever did not hear it sees it here.
    const onRenewed = ({ sealedToken, endedAt }: KeptCopy) => {
      if (lent === null && endedAt === null && sealedToken !== row.sealedToken) void takeAgain(row.id)
    }
    const lease = await holdLease({ db, runId: row.id, holder: self, ttlMs: leaseTtlMs, timers, log, onRenewed, onLost: () => void leave(row.id) })
    if (lease === null) return
    const state = await stateUnder(lease, db, row.id)
    const recorder = createRecorder({
      db,
      runId: row.id,
      epoch: lease.epoch,
      state,
      wasOver: row.endedAt !== null,
      timers,
      log,
      onStored: (changes) => hub.publish({ kind: 'changes', runId: row.id, seq: changes.at(-1)?.seq ?? 0 }, changes),
      onLost: () => void leave(row.id),
    })
    const { accountId, organizationId, clusterId, migrationId } = row
    const lastPolledAtMs = () => watched.get(row.id)?.watcher.freshness().lastPolledAtMs ?? null
    const spot = spotFor({ token, accountId, organizationId, askedBy: `run-${migrationId}` })
    const onNodes = (nodes: readonly SpotNode[], at: 'first' | 'later' | 'last') => {
      if (at === 'later' || (at === 'first' && (row.seq > 0 || row.source !== 'slipway'))) return
      void countCluster({ db, accountId, clusterId, nodes, at: new Date(timers.now()), log })
      // One reading of the batch size is a share of all nodes: known for runs whose first moments are watched.
      if (at === 'first') recorder.record([], { clusterNodes: nodes.length })
    }
    const watcher = startWatcher({
      run: { id: row.id, clusterId, migrationId, startedAtMs: (row.startedAt ?? row.createdAt).getTime() },
      lastPolledAtMs: row.seq === 0 ? null : (row.lastPolledAt?.getTime() ?? state.lastAtMs),
      absence: row.endedAt !== null ? absences.over : lent === null ? absences.kept : absences.lent,
      recorder,
      landing: createLandingCheck({ clusterId, respectsRestriction: row.options.respectRestrictScaleDown === true, recorder, spot, kube, timers, onNodes }),
      spot,
      timers,
      random,
      pollIntervalMs,
      log,
      first: first ?? null,
      onFreshness: (freshness) => tell(row.id, recorder.storedSeq(), freshness),
      onOver: () => void onOver(db, row, lastPolledAtMs()),
      onRefused: () => void onRefused(db, row, token, lastPolledAtMs()),
    })
    watched.set(row.id, { watcher, recorder, lease, lent, sinceMs: timers.now() })
    if (isStopped) await leave(row.id)
  }

  const start = async (runId: number, given: Start) => {
    const db = await database()
    const row = await findRunById(db, runId)
    // An end that was recorded since is newer than the reading that would open the record.
    if (row === null || (row.endedAt !== null && row.seq !== given.endedSeq)) return
    const token = given.lent ?? tokenOf(row)
    if (token !== null) await begin(db, row, token, given)
  }

  const watch = async (runId: number, given: Start = {}): Promise<void> => {
    // Who comes while another begins waits for that; one that found no token to begin with stands in nobody's way.
    await starting.get(runId)?.catch(() => undefined)
    if (isStopped || watched.has(runId)) return
    const begun = starting.get(runId) ?? start(runId, given).finally(() => starting.delete(runId))
    starting.set(runId, begun)
    await begun
  }

  /** Gives the run up, and goes on with the copy that is kept now, else with what another lends. */
  const takeAgain = async (runId: number, lent?: string) => {
    const lastPolledAtMs = watched.get(runId)?.watcher.freshness().lastPolledAtMs ?? null
    await leave(runId)
    const again = async () => {
      await watch(runId)
      if (lent !== undefined) await watch(runId, { lent })
    }
    await again().catch(() => log.warn({ runId }, 'a run could not be taken up again'))
    if (!watched.has(runId)) await tellUnwatched(runId, lastPolledAtMs)
  }

  return {
    watch,
    get: (runId) => watched.get(runId),
    count: () => watched.size,
    lagMs: () => Math.max(0, ...[...watched.values()].map(({ watcher, sinceMs }) => timers.now() - (watcher.freshness().lastPolledAtMs ?? sinceMs))),
    isKept: (row, token) => tokenOf(row) === token,
    withdraw,
    hasCopy: (row) => tokenOf(row) !== null,
    endLent: async (runId, next) => {
      if (typeof watched.get(runId)?.lent === 'string') await takeAgain(runId, next)
    },
    sweep: async ({ isAlone } = { isAlone: false }) => {
      // Who owns the data alone need not wait for the lease of a process that is gone.
      for (const { id, sealedToken } of await (isAlone ? listOpenRuns : listUnwatchedRuns)(await database())) if (sealedToken !== null) await watch(id)
    },
    stop: async () => {
      isStopped = true
      await Promise.all([...watched.keys()].map(leave))
    },
  }
}
