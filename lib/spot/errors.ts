import { AppError, type ErrorCode, type FieldIssue } from '@/lib/errors'

export type SpotErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'invalid'
  | 'not-found'
  | 'rate-limited'
  | 'server'
  | 'redirect'
  | 'timeout'
  | 'network'
  | 'too-large'
  | 'not-json'
  | 'truncated'
  | 'drift'
  | 'cancelled'

/** no: nothing left this process. maybe: the connection was open, no answer came. yes: an answer came. */
export type WasSent = 'no' | 'maybe' | 'yes'
export type TimeoutPhase = 'connect' | 'headers' | 'body' | 'total'

export type SpotErrorOptions = {
  wasSent: WasSent
  /** The call, as `GET /path/{template}`: never with ids, query or headers. */
  call?: string
  status?: number
  requestId?: string
  retryAfterMs?: number
  phase?: TimeoutPhase
  /** What the vendor said about single fields (`response.errors[]`), cleaned and shortened. */
  issues?: FieldIssue[]
  /** Where the answer broke the documented shape. */
  path?: string
  /** Code of the socket or parser, such as ECONNREFUSED. The original error is dropped: it may quote the request. */
  causeCode?: string
}

const brand = Symbol.for('slipway.SpotError')

/**
 * A call to the Spot API that gave no usable answer. Holds neither the token nor the upstream's body. Known by
 * its brand: the bundle that calls and the bundle that catches each have a class of their own.
 */
export class SpotError extends Error {
  readonly [brand] = true
  readonly kind: SpotErrorKind
  readonly wasSent: WasSent
  readonly call: string | undefined
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly retryAfterMs: number | undefined
  readonly phase: TimeoutPhase | undefined
  readonly issues: FieldIssue[]
  readonly path: string | undefined
  readonly causeCode: string | undefined

  constructor(kind: SpotErrorKind, options: SpotErrorOptions) {
    super(`Spot API call failed: ${[kind, options.phase, options.status, options.call, options.path].filter(Boolean).join(' ')}`)
    this.name = 'SpotError'
    this.kind = kind
    this.wasSent = options.wasSent
    this.call = options.call
    this.status = options.status
    this.requestId = options.requestId
    this.retryAfterMs = options.retryAfterMs
    this.phase = options.phase
    this.issues = options.issues ?? []
    this.path = options.path
    this.causeCode = options.causeCode
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }
}

/** The same failure with what only the caller of a lower layer knows. */
export const refined = (error: SpotError, known: Partial<SpotErrorOptions>): SpotError => new SpotError(error.kind, { ...error, ...known })

const refusals: ReadonlySet<SpotErrorKind> = new Set(['unauthorized', 'forbidden', 'invalid', 'not-found', 'rate-limited', 'redirect'])

/**
 * Whether a write that failed so may have happened all the same. Only a request that was never sent and one
 * that was refused by status are known not to have happened; everything else needs a look before a resend.
 */
export const mayHaveTakenEffect = (error: SpotError): boolean => error.wasSent !== 'no' && !refusals.has(error.kind)

const codes: Record<SpotErrorKind, ErrorCode> = {
  unauthorized: 'token_rejected',
  forbidden: 'token_not_permitted',
  invalid: 'upstream_rejected',
  'not-found': 'not_found',
  'rate-limited': 'upstream_rate_limited',
  server: 'upstream_failed',
  redirect: 'upstream_failed',
  timeout: 'upstream_unavailable',
  network: 'upstream_unavailable',
  'too-large': 'upstream_unreadable',
  'not-json': 'upstream_unreadable',
  truncated: 'upstream_unreadable',
  drift: 'upstream_unreadable',
  cancelled: 'upstream_unavailable',
}

const sentences: Record<SpotErrorKind, (error: SpotError) => string> = {
  unauthorized: () => 'Spot did not accept the token. Sign in again with a token that is valid for this account.',
  forbidden: () => 'The token may not do this. Ask an administrator of the Spot organization for the permission, or sign in with another token.',
  invalid: (error) =>
    error.status === undefined
      ? 'Slipway did not send the request, because part of it is not valid.'
      : 'Spot refused the request as not valid. Correct what it names and send it again.',
  'not-found': () => 'Spot does not know this in the account you are signed in to. It may have been deleted, or belong to another account.',
  'rate-limited': () =>
    'Spot limits how often it may be asked, and is left alone until the limit is over. What is read goes on by itself then; what you sent has to be sent again.',
  server: (error) => `Spot answered with an error of its own${error.status ? ` (${error.status})` : ''}. Try again in a minute.`,
  redirect: () => 'Spot answered with a redirect, which Slipway does not follow. Check the address in SPOT_API_URL.',
  timeout: (error) =>
    error.phase === 'connect'
      ? 'Spot could not be reached in time. Check the network of the server and the address in SPOT_API_URL.'
      : 'Spot did not answer in time. Try again in a minute.',
  network: (error) =>
    error.wasSent === 'no'
      ? 'Spot cannot be reached. Check the network of the server and the address in SPOT_API_URL.'
      : 'The connection to Spot broke before the answer was complete. Try again in a minute.',
  'too-large': () => 'Spot sent an answer larger than Slipway accepts, so none of it was used. Ask for less where the page lets you, such as a shorter range of the log; otherwise report it with the request id.',
  'not-json': () => 'Spot sent an answer that is not JSON. Something between Slipway and Spot may have answered in its place: check the network of the server and the address in SPOT_API_URL.',
  truncated: () => 'Spot sent an incomplete answer, so none of it was used. Try again in a minute.',
  drift: (error) => `Spot sent an answer whose shape Slipway does not know (${error.path ?? 'unknown field'}), so none of it was used. Spot may have changed its API: look for a newer Slipway, or report the field with the request id.`,
  cancelled: () => 'The request to Spot was cancelled before it was answered. Try again.',
}

const retryAfterSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000))

/**
 * An upstream failure as an error of the closed set: decided by kind and status, never by message text. The
 * vendor's request id is kept for a ticket.
 */
export const toAppError = (error: SpotError): AppError => {
  const isLocal = error.kind === 'invalid' && error.status === undefined
  return new AppError(isLocal ? 'invalid_input' : codes[error.kind], {
    detail: sentences[error.kind](error),
    cause: error,
    ...(error.issues.length > 0 && { issues: error.issues }),
    ...(error.requestId !== undefined && { upstreamRequestId: error.requestId }),
    ...(error.retryAfterMs !== undefined && { retryAfterSeconds: retryAfterSeconds(error.retryAfterMs) }),
  })
}
