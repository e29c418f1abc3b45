import 'server-only'
import type { Dispatcher } from 'undici'
import { SpotError, type SpotErrorKind, type TimeoutPhase, type WasSent } from './errors'
import type { RawHeaders } from './limit-headers'

export type Exchange = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  origin: string
  /** Path and query, already encoded. */
  path: string
  headers: Record<string, string>
  body: string | null
  headersMs: number
  bodyIdleMs: number
  totalMs: number
  maxBytes: number
  signal: AbortSignal | undefined
}

export type RawAnswer = { status: number; headers: RawHeaders; body: Buffer; receivedAtMs: number }

/**
 * One HTTP request and its whole answer, or a `SpotError` that says how far it came. Follows no redirect and
 * repeats nothing. Written against `dispatch`, the one place where undici tells whether a request was begun:
 * for a write, that decides between "did not happen" and "must be looked up".
 */
export const exchange = (dispatcher: Dispatcher, call: Exchange, wallMs: () => number): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    let wasSent: WasSent = 'no'
    let status = 0
    let headers: RawHeaders = {}
    let size = 0
    let isSettled = false
    let phaseTimer: NodeJS.Timeout | undefined
    let controller: Dispatcher.DispatchController | null = null
    const chunks: Buffer[] = []

    const settle = (act: () => void) => {
      if (isSettled) return
      isSettled = true
      clearTimeout(deadline)
      clearTimeout(phaseTimer)
      call.signal?.removeEventListener('abort', onCancel)
      act()
    }
    const fail = (error: SpotError) =>
      settle(() => {
        reject(error)
        // Destroys the socket, so that a slow or endless body holds nothing.
        if (controller !== null && !controller.aborted) controller.abort(error)
      })
    const onCancel = () => fail(new SpotError('cancelled', { wasSent }))
    const expire = (phase: TimeoutPhase) => fail(new SpotError('timeout', { wasSent, phase, ...(status > 0 && { status }) }))
    const deadline = setTimeout(() => expire('total'), call.totalMs)

    if (call.signal?.aborted) return onCancel()
    call.signal?.addEventListener('abort', onCancel, { once: true })

    try {
      dispatcher.dispatch(
        {
          origin: call.origin,
          path: call.path,
          method: call.method,
          headers: call.headers,
          body: call.body,
          // The deadlines are kept here: the agent's own are coarse by up to a second.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        {
          onRequestStart: (started) => {
            controller = started
            if (isSettled) return started.abort(new Error('settled before it was sent'))
            wasSent = 'maybe'
            phaseTimer = setTimeout(() => expire('headers'), call.headersMs)
          },
          onResponseStart: (_, statusCode, responseHeaders) => {
            if (statusCode < 200) return
            wasSent = 'yes'
            status = statusCode
            headers = responseHeaders
            clearTimeout(phaseTimer)
            phaseTimer = setTimeout(() => expire('body'), call.bodyIdleMs)
            if (Number(responseHeaders['content-length']) > call.maxBytes) fail(new SpotError('too-large', { wasSent, status }))
          },
          onResponseData: (_, chunk) => {
            size += chunk.length
            phaseTimer?.refresh()
            if (size > call.maxBytes) fail(new SpotError('too-large', { wasSent, status }))
            else if (!isSettled) chunks.push(chunk)
          },
          onResponseEnd: () => settle(() => resolve({ status, headers, body: Buffer.concat(chunks), receivedAtMs: wallMs() })),
          onResponseError: (_, error) => fail(socketError(error, wasSent, status)),
        },
      )
    } catch (error) {
      fail(socketError(error, wasSent, status))
    }
  })

const phases: Record<string, TimeoutPhase> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  ETIMEDOUT: 'connect',
}

const socketError = (error: unknown, wasSent: WasSent, status: number): SpotError => {
  const causeCode = codeOf(error)
  const known = { wasSent, causeCode, ...(status > 0 && { status }) }
  const phase = phases[causeCode]
  if (phase !== undefined) return new SpotError('timeout', { ...known, phase })
  const kind: SpotErrorKind = status > 0 || causeCode === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' ? 'truncated' : 'network'
  return new SpotError(kind, known)
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
