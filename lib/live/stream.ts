import 'server-only'
import type { z } from 'zod'
import type { Freshness, RunRecord, StreamEventName, streamEvents } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import type { Hub, RunSignal } from './hub'
import type { LiveLog } from './log'
import type { Timers } from './timers'

export type EndReason = z.infer<(typeof streamEvents)['end']>['reason']

export type StreamSource = {
  runId: number
  /** The last stored change and how the record is kept. */
  head: () => Promise<{ seq: number; freshness: Freshness }>
  /** The whole record as it is stored now. */
  record: () => Promise<RunRecord>
  /** What is stored after `seq`. */
  changesAfter: (seq: number) => Promise<RunChange[]>
}

export type StreamOptions = {
  source: StreamSource
  hub: Hub
  timers: Timers
  log: LiveLog
  /** The last change the client has, when it comes back. */
  resumeAfter: number | null
  /** Aborts when the client has gone. */
  signal: AbortSignal
  onClosed: () => void
}

export type OpenedStream = { body: ReadableStream<Uint8Array>; end: (reason: EndReason) => void }

const pingEveryMs = 15_000
const reconnectMs = 2_000
/** What a client may leave unread before it gets nothing more until it has caught up. */
const bufferBytes = 256 * 1024

const encoder = new TextEncoder()

const frame = <Name extends StreamEventName>(name: Name, data: z.input<(typeof streamEvents)[Name]>, id?: number): Uint8Array =>
  encoder.encode(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)

/** Bytes of what many viewers are told at once, by what they are made of: made once and given to each. */
const shareFrames = <Given extends object>(make: (given: Given) => Uint8Array) => {
  const made = new WeakMap<Given, Uint8Array>()
  return (given: Given): Uint8Array => {
    const bytes = made.get(given) ?? make(given)
    made.set(given, bytes)
    return bytes
  }
}

const recordFrame = shareFrames((record: RunRecord) => frame('record', record, record.seq))
const changesFrame = shareFrames((changes: readonly RunChange[]) => frame('changes', { changes: [...changes] }, changes.at(-1)?.seq))
const pingFrame = frame('ping', {})
const retryFrame = encoder.encode(`retry: ${reconnectMs}\n\n`)

/** How old the server's time in a shared frame may be: browsers set their clocks by it. */
const sharedForMs = 50
let lastTold: { freshness: Freshness; atMs: number; bytes: Uint8Array } | null = null

const freshnessFrame = (freshness: Freshness, nowMs: number): Uint8Array => {
  if (lastTold?.freshness !== freshness || Math.abs(nowMs - lastTold.atMs) > sharedForMs) lastTold = { freshness, atMs: nowMs, bytes: frame('freshness', { ...freshness, serverNowMs: nowMs }) }
  return lastTold.bytes
}

/**
 * One viewer's stream of server-sent events: the record, or what follows the change the client already has,
 * then changes as they are stored, in order, each once. A client that does not read costs no more than its
 * buffer: it gets nothing until it reads again, then what it missed from the database.
 */
export const openStream = ({ source, hub, timers, log, resumeAfter, signal, onClosed }: StreamOptions): OpenedStream => {
  /** Null until the client has been given the record, or what follows the change it came back with. */
  let sentSeq: number | null = null
  let knownSeq = 0
  /** Something may be stored that nobody told here. */
  let isInDoubt = false
  let isQuiet = true
  let freshness: Freshness | null = null
  let controller: ReadableStreamDefaultController<Uint8Array>
  let isOpen = true
  let isSending = false
  let cancelPing = () => {}

  const hasRoom = () => (controller.desiredSize ?? 0) > 0
  const send = (bytes: Uint8Array) => {
    if (isOpen) controller.enqueue(bytes)
  }

  const close = () => {
    if (!isOpen) return
    isOpen = false
    cancelPing()
    unsubscribe()
    signal.removeEventListener('abort', leave)
    onClosed()
  }
  const leave = () => {
    if (!isOpen) return
    close()
    controller.close()
  }
  const end = (reason: EndReason) => {
    if (!isOpen) return
    send(frame('end', { reason }))
    close()
    controller.close()
  }

  const sendRecord = async () => {
    const record = await source.record()
    sentSeq = record.seq
    send(recordFrame(record))
    freshness ??= record.freshness
  }
  const sendChanges = (changes: readonly RunChange[]) => {
    const isAllNew = (changes[0]?.seq ?? 0) > (sentSeq ?? 0)
    const fresh = isAllNew ? changes : changes.filter(({ seq }) => seq > (sentSeq ?? 0))
    const last = fresh.at(-1)
    if (last === undefined) return
    sentSeq = last.seq
    send(changesFrame(fresh))
  }
  const tellFreshness = () => {
    const news = freshness
    freshness = null
    if (news === null) return
    send(freshnessFrame(news, timers.now()))
    if (news.state === 'ended') end('final')
  }

  const begin = async () => {
    if (resumeAfter === null) return sendRecord()
    const head = await source.head()
    // More than is stored: the client's record is not ours to continue.
    if (resumeAfter > head.seq) return sendRecord()
    sentSeq = resumeAfter
    knownSeq = Math.max(knownSeq, head.seq)
    freshness ??= head.freshness
  }

  const look = async () => {
    isInDoubt = false
    const head = await source.head()
    knownSeq = Math.max(knownSeq, head.seq)
    freshness = head.freshness
  }

  /** Brings the client up to what is stored, then tells how fresh that is. */
  const catchUp = async () => {
    if (sentSeq === null) await begin()
    if (isInDoubt) await look()
    if (sentSeq !== null && sentSeq < knownSeq) {
      const before = sentSeq
      sendChanges(await source.changesAfter(before))
      // What was there has gone: the run was deleted here.
      if (sentSeq === before) throw new Error('the changes are gone')
    }
    if ((sentSeq ?? 0) < knownSeq) return
    tellFreshness()
  }

  const isBehind = () => sentSeq === null || sentSeq < knownSeq || isInDoubt || freshness !== null

  const pump = async () => {
    if (isSending) return
    isSending = true
    try {
      while (isOpen && hasRoom() && isBehind()) await catchUp()
    } catch {
      // The client reconnects and resumes after what it has.
      log.warn({ runId: source.runId }, 'a stream was cut because the record could not be read')
      if (isOpen) {
        close()
        controller.error(new Error('the record cannot be read'))
      }
    } finally {
      isSending = false
    }
  }

  const onSignal = (signal: RunSignal, changes: readonly RunChange[]) => {
    isQuiet = false
    if (signal.kind === 'changes') {
      knownSeq = Math.max(knownSeq, signal.seq)
      // The common case needs no database: the changes follow on what was sent.
      if (!isSending && hasRoom() && sentSeq !== null && changes[0]?.seq === sentSeq + 1) sendChanges(changes)
    } else if (signal.kind === 'freshness') {
      knownSeq = Math.max(knownSeq, signal.seq)
      freshness = signal.freshness
    } else if (signal.kind === 'missed') isInDoubt = true
    void pump()
  }
  const unsubscribe = hub.onRun(source.runId, onSignal)

  const ping = () => {
    cancelPing = timers.after(pingEveryMs, () => {
      if (!isOpen) return
      if (hasRoom()) send(pingFrame)
      // Silence may be a word that was lost on its way from another server, or that of a database that is away.
      if (isQuiet) void look().then(pump, () => {})
      isQuiet = true
      ping()
    })
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given
        send(retryFrame)
        ping()
      },
      pull: () => pump(),
      cancel: close,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: bufferBytes }),
  )
  if (signal.aborted) leave()
  else signal.addEventListener('abort', leave, { once: true })
  return { body, end }
}
