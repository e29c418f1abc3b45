import { z } from 'zod'
import type { StreamEventName } from '@/lib/contract/run'

/** What a feed needs of an EventSource. */
export type StreamLine = {
  readonly readyState: number
  readonly CLOSED: number
  onopen: ((event: Event) => unknown) | null
  onerror: ((event: Event) => unknown) | null
  addEventListener: (name: StreamEventName, listener: (event: MessageEvent) => void) => void
  close: () => void
}

export type LineTools = {
  openSource: (url: string) => EventSource
  openChannel: (name: string) => BroadcastChannel
  locks: Pick<LockManager, 'request'>
  now: () => number
  /** Calls back later; the answer cancels it. */
  after: (ms: number, run: () => void) => () => void
  /** A name for this line that no other line of the browser has. */
  id: () => string
}

/** The tab that reads answers at once unless the browser has put it to sleep. */
const answerWithinMs = 3_000

const eventNames = ['record', 'changes', 'freshness', 'ping', 'end'] as const satisfies readonly StreamEventName[]

const heard = z.object({ name: z.enum(eventNames), data: z.string() })
const word = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), from: z.string() }),
  /** Somebody has begun to read. */
  z.object({ kind: z.literal('reading') }),
  /** The answer to a hello: what was heard so far. */
  z.object({ kind: z.literal('so-far'), to: z.string(), isOpen: z.boolean(), events: z.array(heard) }),
  z.object({ kind: z.literal('open') }),
  z.object({ kind: z.literal('lost') }),
  heard.extend({ kind: z.literal('event') }),
])
type Word = z.infer<typeof word>
type Heard = z.infer<typeof heard> & { atMs: number }

/** The same event told later: the server's clock in it has gone on. */
const toldAt = ({ name, data, atMs }: Heard, nowMs: number): z.infer<typeof heard> => {
  if (name !== 'record' && name !== 'freshness') return { name, data }
  const body = z.looseObject({ serverNowMs: z.number() }).safeParse(JSON.parse(data)).data
  return { name, data: body === undefined ? data : JSON.stringify({ ...body, serverNowMs: body.serverNowMs + nowMs - atMs }) }
}

/** What a tab needs that comes later: the record and all that followed it, of the freshness only the last. */
const remembered = (events: readonly Heard[], event: Heard): Heard[] => {
  if (event.name === 'record') return [event]
  if (event.name === 'ping') return [...events]
  return [...(event.name === 'freshness' ? events.filter(({ name }) => name !== 'freshness') : events), event]
}

/**
 * A stream that all tabs of one browser share: the tab that holds the lock of its address reads it and tells the
 * others. When that tab is closed the next one reads; one that does not answer, since the browser sleeps it, is
 * relieved. For the feed it is a line like one of its own.
 */
export const openSharedLine = (url: string, tools: LineTools): StreamLine => {
  const name = `slipway ${url}`
  const self = tools.id()
  const target = new EventTarget()
  const channel = tools.openChannel(name)
  let source: EventSource | null = null
  let events: Heard[] = []
  let isClosed = false
  let release = () => {}
  let waiting = new AbortController()
  let cancelRelief = () => {}

  const fail = (readyState: number) => {
    line.readyState = readyState
    line.onerror?.(new Event('error'))
  }
  const take = (given: Word) => {
    if (given.kind === 'open') {
      line.readyState = 1
      line.onopen?.(new Event('open'))
    } else if (given.kind === 'lost') fail(0)
    else if (given.kind === 'event') target.dispatchEvent(new MessageEvent(given.name, { data: given.data }))
  }
  const tell = (given: Word) => {
    if (isClosed) return
    channel.postMessage(given)
    take(given)
  }

  const lead = () =>
    new Promise<void>((resolve) => {
      cancelRelief()
      release = resolve
      const opened = tools.openSource(url)
      source = opened
      channel.postMessage({ kind: 'reading' } satisfies Word)
      opened.onopen = () => tell({ kind: 'open' })
      // Broken off for good is this tab's own affair: it may just be on its way to another page. The next one tries for itself.
      opened.onerror = () => (opened.readyState === opened.CLOSED ? fail(line.CLOSED) : tell({ kind: 'lost' }))
      for (const event of eventNames)
        opened.addEventListener(event, ({ data }) => {
          events = remembered(events, { name: event, data: String(data), atMs: tools.now() })
          tell({ kind: 'event', name: event, data: String(data) })
        })
    })
  const stopReading = () => {
    source?.close()
    source = null
    events = []
  }
  const queue = (options: LockOptions) => {
    const asked = tools.locks.request(name, options, () => (isClosed ? undefined : lead()))
    // Given up, or taken over by a tab that got no answer from this one.
    void asked.catch(() => {
      if (isClosed || source === null) return
      stopReading()
      queue({ signal: waiting.signal })
      greet()
    })
  }
  /** Asks whoever reads for what was heard so far. */
  const greet = () => {
    channel.postMessage({ kind: 'hello', from: self } satisfies Word)
    cancelRelief()
    cancelRelief = tools.after(answerWithinMs, relieve)
  }
  const relieve = () => {
    waiting.abort()
    waiting = new AbortController()
    queue({ steal: true })
  }

  const answer = (to: string) => {
    if (source === null) return
    channel.postMessage({ kind: 'so-far', to, isOpen: source.readyState === source.OPEN, events: events.map((event) => toldAt(event, tools.now())) } satisfies Word)
  }
  const catchUp = (given: Extract<Word, { kind: 'so-far' }>) => {
    cancelRelief()
    if (given.isOpen) take({ kind: 'open' })
    for (const event of given.events) if (!isClosed) take({ kind: 'event', ...event })
  }
  channel.onmessage = ({ data }) => {
    const given = word.safeParse(data).data
    if (given === undefined || isClosed) return
    if (given.kind === 'hello') answer(given.from)
    else if (source !== null) return
    else if (given.kind !== 'so-far') {
      cancelRelief()
      take(given)
    } else if (given.to === self) catchUp(given)
  }

  const close = () => {
    if (isClosed) return
    isClosed = true
    line.readyState = line.CLOSED
    cancelRelief()
    waiting.abort()
    stopReading()
    release()
    channel.close()
  }
  const line = {
    readyState: 0,
    CLOSED: 2,
    onopen: null as StreamLine['onopen'],
    onerror: null as StreamLine['onerror'],
    addEventListener: (event: StreamEventName, listener: (event: MessageEvent) => void) => target.addEventListener(event, (told) => told instanceof MessageEvent && listener(told)),
    close,
  }

  queue({ signal: waiting.signal })
  greet()
  return line
}
