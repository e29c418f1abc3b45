import { config } from 'zod/v4/core'
import type { z } from 'zod'
import { problem } from '@/lib/contract/problem'
import { fromProblem, offlineProblem, unreadableProblem } from './problem-error'

// The content security policy forbids eval, which zod would probe for.
config({ jitless: true })

/** Longer than the server's own deadline for the upstream, so that its sentence arrives rather than ours. */
const requestTimeoutMs = 60_000

type CallOptions = {
  signal?: AbortSignal
  fetch?: typeof globalThis.fetch
  /** The browser finishes it although its page is left. */
  outlivesPage?: boolean
  /** For what the server itself takes longer over. */
  timeoutMs?: number
}
/** Browsers carry at most 64 KiB beyond the end of a page, all requests together. */
const mostCarriedChars = 30_000
type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const withTimeout = (signal: AbortSignal | undefined, timeoutMs: number): AbortSignal => {
  const timeout = AbortSignal.timeout(timeoutMs)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}

const readBody = async (response: Response): Promise<unknown> => {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

const call = async <Schema extends z.ZodType>(
  schema: Schema,
  url: string,
  init: RequestInit,
  { signal, fetch = globalThis.fetch, timeoutMs = requestTimeoutMs }: CallOptions,
): Promise<z.output<Schema>> => {
  const response = await fetch(url, {
    ...init,
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    signal: withTimeout(signal, timeoutMs),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw offlineProblem()
  })
  const body = await readBody(response)
  if (!response.ok) {
    const parsed = problem.safeParse(body)
    throw parsed.success ? fromProblem(parsed.data) : unreadableProblem(response.status)
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw unreadableProblem(response.status, response.headers.get('x-request-id') ?? undefined)
  return parsed.data
}

/** Reads one of our own addresses. Throws a ProblemError; an abort by the caller is passed on as it is. */
export const getJson = <Schema extends z.ZodType>(
  schema: Schema,
  url: string,
  signal?: AbortSignal,
  fetch?: typeof globalThis.fetch,
): Promise<z.output<Schema>> => call(schema, url, { headers: { accept: 'application/json' } }, { signal, fetch })

/** Sends JSON to one of our own addresses. Never repeated by itself: a write is repeated by a person. */
export const sendJson = <Schema extends z.ZodType>(
  schema: Schema,
  method: Method,
  url: string,
  body: unknown,
  options: CallOptions = {},
): Promise<z.output<Schema>> => {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const keepalive = options.outlivesPage === true && (text?.length ?? 0) <= mostCarriedChars
  return call(schema, url, { method, headers: { accept: 'application/json', 'content-type': 'application/json' }, body: text, keepalive }, options)
}
