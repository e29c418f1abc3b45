import type { z } from 'zod'
import { streamEvents, type Freshness, type RunRecord, type StreamEventName } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import { applyChanges, emptyRun, foldRun, isRunOver, type RunState } from '@/lib/domain/progress/state'
import { openSharedLine, type StreamLine } from './shared-line'

/** How the browser is tied to the run. `failed`: the stream was refused or broke, so the page asks instead. */
export type FeedLink = 'idle' | 'catching-up' | 'live' | 'reconnecting' | 'failed' | 'ended'

/** What the page draws: one picture of the run, replaced as a whole and at most once a second. */
export type RunView = {
  /** The run's head and options; the changes in it are those of the first reading. */
  record: RunRecord | null
  state: RunState
  changes: readonly RunChange[]
  freshness: Freshness | null
  /** What is added to this browser's clock to get the server's. */
  clockOffsetMs: number
  link: FeedLink
  /** Since when nothing has come through, on this browser's clock. */
  lostAtMs: number | null
}

export type FeedTools = {
  open: (url: string) => StreamLine
  now: () => number
  /** Calls back later; the answer cancels it. */
  after: (ms: number, run: () => void) => () => void
}

const after: FeedTools['after'] = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

const openSource = (url: string) => new EventSource(url)

export const browserTools: FeedTools = {
  open: (url) =>
    openSharedLine(url, { openSource, openChannel: (name) => new BroadcastChannel(name), locks: navigator.locks, now: Date.now, after, id: () => crypto.randomUUID() }),
  now: Date.now,
  after,
}

const publishEveryMs = 1_000
/** A refused stream is tried again this often, while the page asks by itself. */
const reopenAfterMs = 15_000
/** A line that is open and carries nothing is held back on its way: the server speaks at once. */
const firstWordMs = 10_000
/** The server reports at every reading and pings every 15 seconds, also while Spot lets nothing be read; longer silence means a line that died unnoticed. */
const silenceMs = 120_000

export const emptyView: RunView = {
  record: null,
  state: emptyRun,
  changes: [],
  freshness: null,
  clockOffsetMs: 0,
  link: 'idle',
  lostAtMs: null,
}

const parse = <Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null => {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/**
 * Keeps one run up to date from its stream, outside React: changes are folded as they come, listeners hear
 * of it at most once a second. `take` brings in a record that was asked for instead.
 */
export const makeRunFeed = (url: string, tools: FeedTools = browserTools) => {
  let view = emptyView
  let shown = emptyView
  let source: StreamLine | null = null
  let isRunning = false
  let publishedAtMs = -publishEveryMs
  let cancelPublish: (() => void) | null = null
  let cancelReopen = () => {}
  let cancelWatch = () => {}
  const listeners = new Set<() => void>()

  const publish = () => {
    cancelPublish = null
    publishedAtMs = tools.now()
    shown = view
    for (const listener of listeners) listener()
  }
  const set = (next: Partial<RunView>) => {
    const linkChanged = next.link !== undefined && next.link !== view.link
    view = { ...view, ...next }
    const waitMs = linkChanged ? 0 : publishedAtMs + publishEveryMs - tools.now()
    if (waitMs <= 0) {
      cancelPublish?.()
      publish()
    } else cancelPublish ??= tools.after(waitMs, publish)
  }

  const close = () => {
    source?.close()
    source = null
    cancelReopen()
    cancelWatch()
  }
  const lose = (link: 'reconnecting' | 'failed') => set({ link, lostAtMs: view.lostAtMs ?? tools.now() })
  const fail = () => {
    close()
    lose('failed')
    cancelReopen = tools.after(reopenAfterMs, connect)
  }
  const heard = (next: Partial<RunView>) => {
    cancelWatch()
    cancelWatch = tools.after(silenceMs, () => {
      lose('reconnecting')
      connect()
    })
    set({ link: 'live', lostAtMs: null, ...next })
  }

  const replace = (record: RunRecord) => ({
    record,
    state: foldRun(record.changes),
    changes: record.changes,
    freshness: record.freshness,
    clockOffsetMs: record.serverNowMs - tools.now(),
  })
  const handlers: Record<StreamEventName, (text: string) => void> = {
    record: (text) => {
      const record = parse(streamEvents.record, text)
      if (record === null) fail()
      else heard(replace(record))
    },
    changes: (text) => {
      const news = parse(streamEvents.changes, text)
      if (news === null) return fail()
      const fresh = news.changes.filter(({ seq }) => seq > view.state.seq)
      heard({ state: applyChanges(view.state, fresh), changes: fresh.length === 0 ? view.changes : [...view.changes, ...fresh] })
    },
    freshness: (text) => {
      const news = parse(streamEvents.freshness, text)
      if (news === null) return fail()
      const { serverNowMs, ...freshness } = news
      heard({ freshness, clockOffsetMs: serverNowMs - tools.now() })
    },
    ping: () => heard({}),
    end: (text) => {
      const reason = parse(streamEvents.end, text)?.reason
      // A server that restarts ends its streams; the browser reconnects by itself and resumes.
      if (reason === 'shutdown') return
      close()
      if (reason === 'final') set({ link: 'ended', lostAtMs: null })
      else lose('failed')
    },
  }

  const connect = () => {
    close()
    if (!isRunning) return
    const opened = tools.open(url)
    source = opened
    const isCurrent = () => source === opened
    opened.onopen = () => {
      if (!isCurrent()) return
      cancelWatch()
      cancelWatch = tools.after(firstWordMs, fail)
      // After a failure the page goes on asking until the line has proved itself.
      if (view.link !== 'failed') set({ link: 'catching-up' })
    }
    opened.onerror = () => {
      if (!isCurrent()) return
      if (opened.readyState === opened.CLOSED) fail()
      else lose('reconnecting')
    }
    for (const name of ['record', 'changes', 'freshness', 'ping', 'end'] as const)
      opened.addEventListener(name, (event) => isCurrent() && handlers[name](String(event.data)))
  }

  return {
    read: () => shown,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Follows the run until `stop`. Nothing is opened before the first record says that the run goes on. */
    start: () => {
      isRunning = true
      if (view.freshness !== null && view.freshness.state !== 'ended') connect()
    },
    stop: () => {
      isRunning = false
      close()
      cancelPublish?.()
      cancelPublish = null
    },
    /** A record that was asked for. An older one than what is known is dropped; one that is over and is on again is followed again. */
    take: (record: RunRecord) => {
      if (view.record !== null && record.seq < view.state.seq) return
      const isOver = record.freshness.state === 'ended'
      const next = replace(record)
      const isOnAgain = view.link === 'ended' && !isOver && !isRunOver(next.state)
      set({ ...next, ...(isOver ? { link: 'ended' as const, lostAtMs: null } : isOnAgain ? { link: 'idle' as const } : {}) })
      if (isOver) close()
      else if (source === null && isRunning && view.link === 'idle') connect()
    },
  }
}
