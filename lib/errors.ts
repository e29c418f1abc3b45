/**
 * The closed set of errors that leave the server. Each code has one HTTP status and one title;
 * adding a code fails to compile until it is mapped here.
 */
export const errorCatalog = {
  not_signed_in: { status: 401, title: 'You are not signed in' },
  token_rejected: { status: 401, title: 'Spot did not accept the token' },
  token_not_permitted: { status: 403, title: 'The token may not do this' },
  cross_site_request: { status: 403, title: 'The request came from another site' },
  not_found: { status: 404, title: 'Not found' },
  invalid_input: { status: 400, title: 'Some input is not valid' },
  body_too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'The request is not JSON' },
  migration_in_progress: { status: 409, title: 'A migration is already on in this cluster' },
  selection_changed: { status: 409, title: 'The selected nodes have changed' },
  selection_held: { status: 409, title: 'Part of the selection is held' },
  plan_changed: { status: 409, title: 'The plan no longer fits the facts' },
  risk_not_acknowledged: { status: 409, title: 'A risk was not acknowledged' },
  not_stoppable: { status: 409, title: 'This migration can no longer be stopped' },
  vng_in_use: { status: 409, title: 'The virtual node group still has nodes' },
  draft_changed: { status: 409, title: 'This plan was changed elsewhere' },
  plan_launched: { status: 409, title: 'This plan was launched before' },
  launch_key_used: { status: 409, title: 'This page has sent another plan before' },
  launch_unknown: { status: 409, title: 'The outcome of the launch is not known' },
  too_many_attempts: { status: 429, title: 'Too many attempts' },
  too_many_streams: { status: 429, title: 'Too many live streams' },
  upstream_rejected: { status: 422, title: 'Spot rejected the request' },
  upstream_rate_limited: { status: 503, title: 'Spot is limiting requests' },
  upstream_unavailable: { status: 502, title: 'Spot cannot be reached' },
  upstream_failed: { status: 502, title: 'Spot answered with an error' },
  upstream_unreadable: { status: 502, title: 'Spot sent an answer that cannot be read' },
  storage_unavailable: { status: 503, title: 'The database cannot be reached' },
  storage_full: { status: 507, title: 'The database is full' },
  internal: { status: 500, title: 'Something went wrong in Slipway' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof errorCatalog

/** One fault in the input, tied to the field that carries it (`batchSizePercentage`, `nodeNames.3`). */
export type FieldIssue = { path: string; message: string }

export type AppErrorOptions = {
  /** One sentence a person can act on. Never holds a token, a stack, SQL or an upstream body. */
  detail: string
  issues?: FieldIssue[]
  /** The upstream's own request id, for a ticket with the vendor. */
  upstreamRequestId?: string
  /** Seconds after which a retry makes sense. */
  retryAfterSeconds?: number
  /** Small facts the screen needs to offer the next step (ids, names). */
  facts?: Record<string, string | number | string[]>
  /** More than small facts: a value that a schema of the contract reads, named where the code is thrown. */
  attachment?: unknown
  cause?: unknown
}

const brand = Symbol.for('slipway.AppError')

/**
 * An error with a code of the closed set; the only kind that crosses from server code to the door. Known by
 * its brand: route handlers, pages and instrumentation are bundled apart, and each has a class of its own.
 */
export class AppError extends Error {
  readonly [brand] = true
  readonly code: ErrorCode
  readonly status: number
  readonly detail: string
  readonly issues: FieldIssue[]
  readonly upstreamRequestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly facts: Record<string, string | number | string[]>
  readonly attachment: unknown

  constructor(code: ErrorCode, options: AppErrorOptions) {
    super(options.detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.status = errorCatalog[code].status
    this.detail = options.detail
    this.issues = options.issues ?? []
    this.upstreamRequestId = options.upstreamRequestId
    this.retryAfterSeconds = options.retryAfterSeconds
    this.facts = options.facts ?? {}
    this.attachment = options.attachment
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }
}

export const isErrorCode = (value: unknown): value is ErrorCode => typeof value === 'string' && value in errorCatalog
