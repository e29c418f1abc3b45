import 'server-only'
import type postgres from 'postgres'
import { z } from 'zod'
import { freshness } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import type { LiveLog } from './log'

const signal = z.discriminatedUnion('kind', [
  /** Changes up to `seq` are in the database. */
  z.object({ kind: z.literal('changes'), runId: z.number(), seq: z.number() }),
  /** `seq` once more: whoever missed that changes were stored learns it here, and is not told the end before the last of them. */
  z.object({ kind: z.literal('freshness'), runId: z.number(), seq: z.number(), freshness }),
  z.object({ kind: z.literal('stop-asked'), runId: z.number(), askedBy: z.string() }),
  z.object({ kind: z.literal('recording-withdrawn'), runId: z.number(), isRefused: z.boolean().default(false) }),
  z.object({ kind: z.literal('session-closed'), sessionId: z.string() }),
])
export type Signal = z.infer<typeof signal>
/** `missed`: other servers may have told something of the run that did not arrive here. */
export type RunSignal = Extract<Signal, { runId: number }> | { kind: 'missed'; runId: number }

/** `changes` are at hand when the signal was made in this process; others read them from the database. */
export type Listener<Kind extends Signal | RunSignal = Signal> = (signal: Kind, changes: readonly RunChange[]) => void

export type Hub = {
  publish: (signal: Signal, changes?: readonly RunChange[]) => void
  onRun: (runId: number, listener: Listener<RunSignal>) => () => void
  onAny: (listener: Listener) => () => void
  /** Joins the other replicas on PostgreSQL. Reconnects by itself. */
  join: (sql: postgres.Sql) => Promise<void>
  /** Listeners on one run, or on all. */
  listeners: (runId?: number) => number
  close: () => Promise<void>
}

const channel = 'slipway_live'
const relayed = z.object({ from: z.string(), signal })

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Fan-out within the process and, once joined, to the other replicas by LISTEN and NOTIFY. */
export const createHub = (self: string, log: LiveLog): Hub => {
  const byRun = new Map<number, Set<Listener<RunSignal>>>()
  const general = new Set<Listener>()
  let shared: postgres.Sql | null = null
  let leave = async () => {}

  const deliver = (given: Signal, changes: readonly RunChange[]) => {
    for (const listener of general) listener(given, changes)
    if ('runId' in given) for (const listener of byRun.get(given.runId) ?? []) listener(given, changes)
  }

  const receive = (payload: string) => {
    const parsed = relayed.safeParse(jsonOf(payload))
    if (parsed.success && parsed.data.from !== self) deliver(parsed.data.signal, [])
  }

  /** What is told while nobody listens is lost, and PostgreSQL says nothing of it: after a new start all are to look for themselves. */
  const catchUp = () => {
    for (const [runId, listeners] of byRun) for (const listener of listeners) listener({ kind: 'missed', runId }, [])
  }

  return {
    publish: (given, changes = []) => {
      deliver(given, changes)
      void shared?.notify(channel, JSON.stringify({ from: self, signal: given })).catch(() => log.warn({ kind: given.kind }, 'other servers could not be told'))
    },
    onRun: (runId, listener) => {
      const listeners = byRun.get(runId) ?? new Set()
      byRun.set(runId, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && byRun.get(runId) === listeners) byRun.delete(runId)
      }
    },
    onAny: (listener) => {
      general.add(listener)
      return () => general.delete(listener)
    },
    join: async (sql) => {
      if (shared !== null) return
      shared = sql
      // Asked for once: the driver goes on trying by itself, and a second time would have everything told twice.
      await sql.listen(channel, receive, catchUp).then(
        (listening) => (leave = () => listening.unlisten()),
        () => log.warn({}, 'other servers cannot be heard yet'),
      )
    },
    listeners: (runId) => (runId === undefined ? [...byRun.values()].reduce((sum, set) => sum + set.size, 0) : (byRun.get(runId)?.size ?? 0)),
    close: async () => {
      shared = null
      byRun.clear()
      general.clear()
      await leave().catch(() => {})
    },
  }
}
