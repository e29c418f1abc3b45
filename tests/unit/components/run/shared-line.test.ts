import { afterEach, describe, expect, it } from 'vitest'
import { openSharedLine, type LineTools, type StreamLine } from '@/components/run/shared-line'

/** A stream that the test holds the other end of. */
class Source extends EventTarget {
  static all: Source[] = []
  readonly OPEN = 1
  readonly CLOSED = 2
  readyState = 0
  onopen: ((event: Event) => void) | null = null
  onerror: ((event: Event) => void) | null = null
  constructor() {
    super()
    Source.all.push(this)
  }
  close() {
    this.readyState = 2
  }
  open() {
    this.readyState = 1
    this.onopen?.(new Event('open'))
  }
  tell(name: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }))
  }
  break(readyState: number) {
    this.readyState = readyState
    this.onerror?.(new Event('error'))
  }
}

type Asked = { act: () => unknown; settle: (value: unknown) => void; reject: (reason: Error) => void }

/** Exclusive locks of one name, as browsers give them: in turn, taken back on a signal, stolen on request. */
const makeLocks = () => {
  let holder: Asked | null = null
  let queue: Asked[] = []
  const aborted = () => new DOMException('given up', 'AbortError')
  const grant = (asked: Asked) => {
    holder = asked
    void Promise.resolve(asked.act()).then((value) => {
      if (holder !== asked) return
      asked.settle(value)
      holder = null
      const next = queue.shift()
      if (next) grant(next)
    })
  }
  const request = (_name: string, { signal, steal }: LockOptions, act: () => unknown) =>
    new Promise((settle, reject) => {
      const asked = { act, settle, reject }
      signal?.addEventListener('abort', () => {
        if (!queue.includes(asked)) return
        queue = queue.filter((other) => other !== asked)
        reject(aborted())
      })
      if (steal === true && holder !== null) holder.reject(aborted())
      if (steal === true || holder === null) queueMicrotask(() => grant(asked))
      else queue.push(asked)
    })
  // The line uses no more of a LockManager than this.
  return { request } as unknown as LineTools['locks']
}

const open: StreamLine[] = []
const channels: BroadcastChannel[] = []
afterEach(() => {
  for (const line of open.splice(0)) line.close()
  for (const channel of channels.splice(0)) channel.close()
  Source.all = []
})

const browser = () => {
  const locks = makeLocks()
  let nowMs = 0
  let waiting: { atMs: number; run: () => void }[] = []
  let tabs = 0
  const pass = (ms: number) => {
    nowMs += ms
    const due = waiting.filter(({ atMs }) => atMs <= nowMs)
    waiting = waiting.filter(({ atMs }) => atMs > nowMs)
    for (const { run } of due) run()
  }
  const tab = (openChannel: LineTools['openChannel'] = (name) => new BroadcastChannel(name)) => {
    const line = openSharedLine('/stream', {
      openSource: () => new Source() as unknown as EventSource,
      openChannel: (name) => {
        const channel = openChannel(name)
        channels.push(channel)
        return channel
      },
      locks,
      now: () => nowMs,
      after: (ms, run) => {
        const timer = { atMs: nowMs + ms, run }
        waiting.push(timer)
        return () => void (waiting = waiting.filter((other) => other !== timer))
      },
      id: () => `tab-${(tabs += 1)}`,
    })
    open.push(line)
    const heard: string[] = []
    line.onopen = () => heard.push('open')
    line.onerror = () => heard.push(line.readyState === line.CLOSED ? 'closed' : 'lost')
    for (const name of ['record', 'changes', 'freshness', 'end'] as const) line.addEventListener(name, ({ data }) => heard.push(`${name} ${String(data)}`))
    return { line, heard }
  }
  return { tab, pass }
}

const sources = async (count: number) => expect.poll(() => Source.all.length).toBe(count)

/** A first tab that reads a stream which has told something. */
const reading = async () => {
  const { tab, pass } = browser()
  const first = tab()
  await sources(1)
  const [source] = Source.all as [Source]
  source.open()
  source.tell('record', { seq: 1, serverNowMs: 5_000 })
  source.tell('changes', { seq: 2 })
  source.tell('freshness', { state: 'live', serverNowMs: 5_000 })
  return { tab, pass, first, source }
}

describe('tabs of one browser', () => {
  it('share one stream, and all hear what it tells', async () => {
    const { tab, first, source } = await reading()
    const second = tab()
    await expect.poll(() => second.heard).toHaveLength(4)
    source.tell('changes', { seq: 3 })
    await expect.poll(() => second.heard.at(-1)).toBe('changes {"seq":3}')
    expect(first.heard.at(-1)).toBe('changes {"seq":3}')
    expect(Source.all).toHaveLength(1)
  })

  it('tell a later one everything since the record, with the server’s clock gone on', async () => {
    const { tab, pass, source } = await reading()
    pass(2_000)
    source.tell('freshness', { state: 'stale', serverNowMs: 7_000 })
    pass(1_000)
    const { heard } = tab()
    await expect.poll(() => heard).toEqual(['open', 'record {"serverNowMs":8000,"seq":1}', 'changes {"seq":2}', 'freshness {"serverNowMs":8000,"state":"stale"}'])
  })

  it('go on with a stream of the next one when the one that reads is closed', async () => {
    const { tab, first, source } = await reading()
    const second = tab()
    await expect.poll(() => second.heard).toHaveLength(4)
    first.line.close()
    await sources(2)
    expect(source.readyState).toBe(source.CLOSED)
    Source.all[1]?.tell('record', { seq: 9, serverNowMs: 1 })
    expect(second.heard.at(-1)).toBe('record {"seq":9,"serverNowMs":1}')
  })

  it('relieve the one that reads when it gives no answer, and it follows once it wakes', async () => {
    const { tab, pass } = browser()
    const sleeping: BroadcastChannel[] = []
    const asleep = tab((name) => {
      const channel = new BroadcastChannel(name)
      sleeping.push(channel)
      return channel
    })
    await sources(1)
    const wake = sleeping[0]?.onmessage ?? null
    if (sleeping[0]) sleeping[0].onmessage = () => {}
    const second = tab()
    pass(2_999)
    expect(Source.all).toHaveLength(1)
    pass(1)
    await sources(2)
    if (sleeping[0]) sleeping[0].onmessage = wake
    Source.all[1]?.open()
    Source.all[1]?.tell('changes', { seq: 4 })
    expect(Source.all[0]?.readyState).toBe(2)
    await expect.poll(() => asleep.heard.at(-1)).toBe('changes {"seq":4}')
    expect(second.heard.at(-1)).toBe('changes {"seq":4}')
  })

  it('do not relieve one that answers', async () => {
    const { tab, pass } = await reading()
    const second = tab()
    await expect.poll(() => second.heard).toHaveLength(4)
    pass(60_000)
    await Promise.resolve()
    expect(Source.all).toHaveLength(1)
  })

  it('all learn that the stream was lost and comes back by itself', async () => {
    const { tab, first, source } = await reading()
    const second = tab()
    await expect.poll(() => second.heard).toHaveLength(4)
    source.break(0)
    source.open()
    await expect.poll(() => second.heard.slice(-2)).toEqual(['lost', 'open'])
    expect(first.heard.slice(-2)).toEqual(['lost', 'open'])
  })

  it('do not take it for a refusal that the page with the stream is left: the next one tries for itself', async () => {
    const { tab, first, source } = await reading()
    const second = tab()
    await expect.poll(() => second.heard).toHaveLength(4)
    source.break(2)
    expect(first.heard.at(-1)).toBe('closed')
    first.line.close()
    await sources(2)
    Source.all[1]?.open()
    expect(second.heard.slice(4)).toEqual(['open'])
  })
})
