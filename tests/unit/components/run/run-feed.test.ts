import { describe, expect, it } from 'vitest'
import { makeRunFeed, type FeedTools } from '@/components/run/run-feed'
import type { RunRecord } from '@/lib/contract/run'
import { diffMigration } from '@/lib/domain/progress/diff'
import { emptyRun, foldRun } from '@/lib/domain/progress/state'
import { makeMigration, stamp } from '../../../factories/migration'

/** A line that the test holds the other end of. */
class Line extends EventTarget {
  static readonly all: Line[] = []
  readonly CLOSED = 2
  readyState = 0
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  constructor(readonly url: string) {
    super()
    Line.all.push(this)
  }
  close() {
    this.readyState = 2
  }
  tell(name: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: typeof data === 'string' ? data : JSON.stringify(data) }))
  }
  break(readyState: number) {
    this.readyState = readyState
    this.onerror?.()
  }
}

const clock = () => {
  let nowMs = 1_000_000
  let waiting: { atMs: number; run: () => void }[] = []
  return {
    now: () => nowMs,
    after: (ms: number, run: () => void) => {
      const timer = { atMs: nowMs + ms, run }
      waiting.push(timer)
      return () => void (waiting = waiting.filter((other) => other !== timer))
    },
    pass: (ms: number) => {
      nowMs += ms
      const due = waiting.filter(({ atMs }) => atMs <= nowMs)
      waiting = waiting.filter(({ atMs }) => atMs > nowMs)
      for (const { run } of due) run()
    },
    count: () => waiting.length,
  }
}

const first = stamp(diffMigration(emptyRun, makeMigration({ nodes: [{ name: 'a', status: 'IN_PROGRESS' }, { name: 'b', status: 'TO_BE_REPLACED' }] })), 0, 900_000)
const moved = stamp(diffMigration(foldRun(first), makeMigration({ nodes: [{ name: 'a', status: 'REPLACED', pods: 0 }, { name: 'b', status: 'TO_BE_REPLACED' }] })), first.length, 910_000)

const record = (changes = first, state: RunRecord['freshness']['state'] = 'live'): RunRecord => ({
  run: { migrationId: 'scr-0000abcd', clusterId: 'o-1', status: 'IN_PROGRESS', comment: '', startedBy: 'ops-1', source: 'slipway', startedAtMs: 900_000, endedAtMs: null, currentBatch: 1, numOfBatches: 2 },
  options: { batchSizePercentage: 50, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: false },
  changes,
  seq: changes.at(-1)?.seq ?? 0,
  freshness: { state, lastPolledAtMs: 910_000, nextPollAtMs: null, problem: null },
  serverNowMs: 1_005_000,
})

const started = () => {
  Line.all.length = 0
  const time = clock()
  // The feed uses no more of an EventSource than the line has.
  const open = (url: string) => new Line(url) as unknown as EventSource
  const tools: FeedTools = { open, now: time.now, after: time.after }
  const feed = makeRunFeed('/stream', tools)
  feed.start()
  feed.take(record())
  time.pass(1_000)
  return { feed, time, line: () => Line.all.at(-1) as Line }
}

const statusOf = (feed: ReturnType<typeof makeRunFeed>, name: string) => feed.read().state.nodes.get(name)?.status

describe('the feed of a run', () => {
  it('opens the stream once the first record says that the run goes on', () => {
    const { feed } = started()
    expect(Line.all).toHaveLength(1)
    expect(feed.read().clockOffsetMs).toBe(5_000)
  })

  it('opens nothing for a run that has ended', () => {
    Line.all.length = 0
    const time = clock()
    const feed = makeRunFeed('/stream', { open: (url) => new Line(url) as unknown as EventSource, now: time.now, after: time.after })
    feed.start()
    feed.take(record(first, 'ended'))
    expect(Line.all).toHaveLength(0)
    expect(feed.read().link).toBe('ended')
  })

  it('is live only after something came through', () => {
    const { feed, line } = started()
    line().onopen?.()
    expect(feed.read().link).toBe('catching-up')
    line().tell('changes', { changes: moved })
    expect(feed.read().link).toBe('live')
    expect(statusOf(feed, 'a')).toBe('REPLACED')
  })

  it('takes each change once, however often it comes', () => {
    const { feed, line, time } = started()
    line().tell('changes', { changes: moved })
    line().tell('changes', { changes: [...first, ...moved] })
    time.pass(1_000)
    expect(feed.read().changes).toHaveLength(first.length + moved.length)
  })

  it('tells its listeners at most once a second', () => {
    const { feed, line, time } = started()
    line().tell('freshness', { ...record().freshness, serverNowMs: 1 })
    time.pass(1_000)
    let told = 0
    feed.subscribe(() => void (told += 1))
    for (let index = 0; index < 50; index += 1) line().tell('freshness', { ...record().freshness, serverNowMs: index })
    expect(told).toBeLessThanOrEqual(1)
    time.pass(1_000)
    expect(told).toBeLessThanOrEqual(2)
    expect(feed.read().clockOffsetMs).toBe(49 - (time.now() - 1_000))
  })

  it('replaces everything when a whole record comes', () => {
    const { feed, line, time } = started()
    line().tell('changes', { changes: moved })
    line().tell('record', record())
    time.pass(1_000)
    expect(statusOf(feed, 'a')).toBe('IN_PROGRESS')
  })

  it('keeps the time of the loss while the browser reconnects by itself', () => {
    const { feed, line, time } = started()
    line().tell('changes', { changes: moved })
    line().break(0)
    const lostAtMs = feed.read().lostAtMs
    time.pass(5_000)
    line().break(0)
    expect(feed.read()).toMatchObject({ link: 'reconnecting', lostAtMs })
    expect(Line.all).toHaveLength(1)
  })

  it('falls back when the stream is refused, and tries it again later', () => {
    const { feed, line, time } = started()
    line().break(2)
    expect(feed.read().link).toBe('failed')
    feed.take(record([...first, ...moved]))
    time.pass(1_000)
    expect(statusOf(feed, 'a')).toBe('REPLACED')
    time.pass(15_000)
    expect(Line.all).toHaveLength(2)
  })

  it('asks instead when the line is open and carries nothing, and goes on asking until it does', () => {
    const { feed, line, time } = started()
    line().onopen?.()
    time.pass(10_000)
    expect(feed.read().link).toBe('failed')
    time.pass(15_000)
    expect(Line.all).toHaveLength(2)
    line().onopen?.()
    expect(feed.read().link).toBe('failed')
    line().tell('changes', { changes: moved })
    expect(feed.read().link).toBe('live')
  })

  it('does not let an older answer overwrite newer changes', () => {
    const { feed, line, time } = started()
    line().tell('changes', { changes: moved })
    feed.take(record())
    time.pass(1_000)
    expect(statusOf(feed, 'a')).toBe('REPLACED')
  })

  it('falls back on an event that cannot be read', () => {
    const { feed, line } = started()
    line().tell('changes', '{"changes":[{"seq":')
    expect(feed.read().link).toBe('failed')
  })

  it('stays on the line when the server restarts, and leaves it when the run is final', () => {
    const { feed, line } = started()
    line().tell('end', { reason: 'shutdown' })
    expect(line().readyState).toBe(0)
    line().tell('end', { reason: 'final' })
    expect(line().readyState).toBe(2)
    expect(feed.read().link).toBe('ended')
  })

  it('follows a run again that was over and is on again, and none whose end stands', () => {
    const { feed, line } = started()
    const over = stamp(diffMigration(foldRun(first), makeMigration({ status: 'COMPLETED', nodes: [] })), first.length, 920_000)
    line().tell('changes', { changes: over })
    line().tell('end', { reason: 'final' })
    feed.take(record([...first, ...over]))
    expect(Line.all, 'the answer of a server that does not know the end yet').toHaveLength(1)
    const ended = [...first, ...over]
    feed.take(record([...ended, ...stamp(diffMigration(foldRun(ended), makeMigration({ nodes: [] })), ended.length, 930_000)]))
    expect(Line.all).toHaveLength(2)
    line().onopen?.()
    expect(feed.read().link).toBe('catching-up')
  })

  it('leaves neither a line nor a timer behind', () => {
    const { feed, line, time } = started()
    line().tell('changes', { changes: moved })
    feed.stop()
    expect(line().readyState).toBe(2)
    expect(time.count()).toBe(0)
  })
})
