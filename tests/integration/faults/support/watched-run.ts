import { expect } from 'vitest'
import type { OpenDatabase } from '@/lib/db/client'
import { foldRun, type RunState } from '@/lib/domain/progress/state'
import type { SimulatorFlags } from '@/lib/simulator/flags'
import { getRun } from '@/lib/services/get-run'
import { openStream } from '@/lib/services/open-stream'
import { setRecording } from '@/lib/services/recording-consent'
import { startMigration } from '@/lib/services/start-migration'
import { clusterId, emptyTables, startBench, type Bench } from '../../live/support/bench'
import { readStream, seqs, upTo } from '../../live/support/events'

export const long = { timeout: 30_000 }

type Options = { nodes?: number; flags?: Partial<SimulatorFlags>; timers?: Parameters<typeof startBench>[0]['timers']; headersMs?: number }

/**
 * What two records of one run agree in, when each has seen all of it. Times and their order differ by a reading, gaps by
 * when each server began to look and by what kept it from looking. And a node that began and ended between two readings,
 * with a new batch between them, has no batch that is known: then the other need not agree on it.
 */
export const seenOf = ({ facts, nodes, capacity, log, anomalies }: RunState, other: RunState) => ({
  facts,
  nodes: [...nodes.values()].map(({ nodeName, status, batch, runningPods, podsAtFirst }) => ({ nodeName, status, batch: (other.nodes.get(nodeName)?.batch ?? null) === null ? null : batch, runningPods, podsAtFirst })).sort((a, b) => a.nodeName.localeCompare(b.nodeName)),
  capacity: [...capacity.values()].map((one) => JSON.stringify(one)).sort(),
  log: log.map(({ loggedAtMs, message }) => `${loggedAtMs} ${message}`).sort(),
  anomalies: anomalies.map(({ sentence }) => sentence),
})

/** A second record of the same run, by a server with a database of its own to which nothing happens. */
export const undisturbedRecord = async (bench: Bench, on: OpenDatabase, migrationId: string) => {
  await emptyTables(on)
  const server = bench.startServer({ connection: async () => on })
  const ctx = await server.contextFor({ name: 'Wim', token: 'second-token' })
  const input = { clusterId, migrationId }
  await getRun({ ctx, input })
  await setRecording({ ctx, input: { ...input, isKept: true } })
  return {
    /** What it holds once the run is over. */
    state: async () => {
      await expect.poll(async () => (await getRun({ ctx, input })).freshness.state, { timeout: 60_000 }).toBe('ended')
      return foldRun((await getRun({ ctx, input })).changes)
    },
  }
}

/** A run under way on a server over `database`, and what tests ask of it. */
export const startWatchedRun = async (database: OpenDatabase, { nodes = 6, flags, timers, headersMs }: Options = {}) => {
  await emptyTables(database)
  const bench = await startBench({ connection: async () => database, flags: { speed: 20, ...flags }, ...(headersMs === undefined ? {} : { headersMs }), ...(timers === undefined ? {} : { timers }) })
  let ctx = await bench.contextFor()
  const { migrationId } = (await startMigration({ ctx, input: { clusterId, request: await bench.request(nodes) } })) as { migrationId: string }
  const record = (as = ctx) => getRun({ ctx: as, input: { clusterId, migrationId } })
  const row = async () => (await database.sql`select * from runs where migration_id = ${migrationId}`)[0]
  const ended = () => expect.poll(async () => (await row().catch(() => null))?.ended_at ?? null, { timeout: 60_000 }).not.toBeNull()

  const run = {
    bench,
    migrationId,
    record,
    row,
    ended,
    ctx: () => ctx,
    freshness: async () => (await record()).freshness,
    state: async () => foldRun((await record()).changes),
    reaches: (seq: number) => expect.poll(async () => (await record()).seq, long).toBeGreaterThan(seq),
    undisturbed: (on: OpenDatabase) => undisturbedRecord(bench, on, migrationId),
    stream: async (as = ctx) => readStream(await openStream({ ctx: as, input: { clusterId, migrationId, resumeAfter: null } })),
    /** What Spot answers to readings of the run, so many times. */
    fault: (effect: Parameters<Bench['admin']['fault']>[0]['effect'], times = 1_000) => bench.admin.fault({ method: 'GET', pathEndsWith: `/${migrationId}`, times, effect }),
    readings: () => bench.upstream('GET', `/migration/${migrationId}`),
    /** Another server goes on: records are asked of it from now on. */
    moveTo: async (server: ReturnType<Bench['startServer']>) => {
      ctx = await server.contextFor()
    },
    /** Lets the run come to its end and holds its record against the twin: each change once, no node lost or wrong. */
    endsWhole: async () => {
      await bench.admin.clearFaults()
      await bench.admin.time({ speed: 600 })
      await ended()
      const { changes, freshness } = await record()
      const state = foldRun(changes)
      const twin = (await bench.admin.runs())[migrationId]
      expect(freshness.state).toBe('ended')
      expect(state.facts?.status).toBe(twin?.status)
      expect(Object.fromEntries([...state.nodes].map(([name, { status }]) => [name, status]))).toEqual(twin?.nodes)
      expect(seqs(changes)).toEqual(upTo(changes.length))
      return state
    },
    close: () => bench.close(),
  }
  await run.reaches(nodes)
  return run
}
export type WatchedRun = Awaited<ReturnType<typeof startWatchedRun>>
