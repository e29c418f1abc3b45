import type { z } from 'zod'
import type { RunChange } from '@/lib/domain/progress/change'
import { streamEvents, type StreamEventName } from '@/lib/contract/run'

export type StreamEvent = { name: StreamEventName; id: number | null; data: unknown }

const parse = (block: string): StreamEvent | null => {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
  const name = field('event') as StreamEventName | undefined
  if (name === undefined) return null
  const id = field('id')
  return { name, id: id === undefined ? null : Number(id), data: streamEvents[name].parse(JSON.parse(field('data') ?? '')) }
}

/** Reads a stream as a browser does; every event passes the contract's schema. */
export const readStream = (body: ReadableStream<Uint8Array>) => {
  const events: StreamEvent[] = []
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  const done = (async () => {
    for (;;) {
      const { done: isDone, value } = await reader.read()
      if (isDone) return
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = blocks.pop() ?? ''
      events.push(...blocks.flatMap((block) => parse(block) ?? []))
    }
  })()
  // Each event was parsed by the schema of its name.
  const named = <Name extends StreamEventName>(name: Name) => events.filter((event) => event.name === name).map(({ data }) => data as z.output<(typeof streamEvents)[Name]>)
  return {
    events,
    named,
    /** Every change that was given, in the order of arrival. */
    changes: (): RunChange[] => events.flatMap(({ name, data }) => (name === 'record' || name === 'changes' ? (data as { changes: RunChange[] }).changes : [])),
    lastId: () => events.findLast(({ id }) => id !== null)?.id ?? null,
    cancel: () => reader.cancel(),
    done,
  }
}
export type ReadStream = ReturnType<typeof readStream>

export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
export const seqs = (changes: readonly { seq: number }[]) => changes.map(({ seq }) => seq)
