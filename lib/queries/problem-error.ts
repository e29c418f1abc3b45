import { errorCatalog, isErrorCode, type ErrorCode, type FieldIssue } from '@/lib/errors'
import type { Problem } from '@/lib/contract/problem'

/** Our own codes, and two that only a browser can meet: no answer at all, and one that is not ours. */
export type ProblemCode = ErrorCode | 'offline' | 'unreadable'

type ProblemParts = {
  code: ProblemCode
  title: string
  detail: string
  status?: number
  requestId?: string
  upstreamRequestId?: string
  retryAfterSeconds?: number
  retryAtMs?: number
  issues?: FieldIssue[]
  facts?: Problem['facts']
  attachment?: unknown
}

/** What a call to our own API failed with, ready to be shown: `title`, `detail` and the ids for a ticket. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly title: string
  readonly detail: string
  /** 0 when no answer came. */
  readonly status: number
  readonly requestId: string | undefined
  readonly upstreamRequestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** When that is, on this browser's clock. */
  readonly retryAtMs: number | undefined
  readonly issues: FieldIssue[]
  readonly facts: NonNullable<Problem['facts']>
  readonly attachment: unknown

  constructor(parts: ProblemParts) {
    super(parts.detail)
    this.name = 'ProblemError'
    this.code = parts.code
    this.title = parts.title
    this.detail = parts.detail
    this.status = parts.status ?? 0
    this.requestId = parts.requestId
    this.upstreamRequestId = parts.upstreamRequestId
    this.retryAfterSeconds = parts.retryAfterSeconds
    this.retryAtMs = parts.retryAtMs
    this.issues = parts.issues ?? []
    this.facts = parts.facts ?? {}
    this.attachment = parts.attachment
  }
}

/** A problem document as an error. A code that this build does not know counts as `internal`. */
export const fromProblem = (problem: Problem): ProblemError => {
  const { title, detail, status, requestId, upstreamRequestId, retryAfterSeconds, issues, facts, attachment } = problem
  const code = isErrorCode(problem.code) ? problem.code : 'internal'
  const retryAtMs = retryAfterSeconds === undefined ? undefined : Date.now() + retryAfterSeconds * 1000
  return new ProblemError({ code, title, detail, status, requestId, upstreamRequestId, retryAfterSeconds, retryAtMs, issues, facts, attachment })
}

export const offlineProblem = (): ProblemError =>
  new ProblemError({
    code: 'offline',
    title: 'Slipway cannot be reached',
    detail: 'The server did not answer. Check that it is running and that this computer is connected; the page tries again by itself.',
  })

export const unreadableProblem = (status: number, requestId?: string): ProblemError =>
  new ProblemError({
    code: 'unreadable',
    title: 'Slipway sent an answer that cannot be read',
    detail: 'The answer did not have the expected shape. The server may be another version than this page: reload it.',
    status,
    requestId,
  })

/** Any thrown value as a problem, so that a screen has one kind of error to draw. */
export const asProblem = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error
  return new ProblemError({
    code: 'internal',
    title: errorCatalog.internal.title,
    detail: 'This page failed in a way it was not written for. Reload it; what runs on the server goes on.',
  })
}

/** True when the session is over and only a new sign-in helps. */
export const needsSignIn = (error: unknown): boolean =>
  error instanceof ProblemError && (error.code === 'not_signed_in' || error.code === 'token_rejected')
