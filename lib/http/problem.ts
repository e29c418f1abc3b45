import 'server-only'
import type { Problem } from '@/lib/contract/problem'
import { errorCatalog, type AppError } from '@/lib/errors'

/** The document that leaves for an error (RFC 9457). */
export const problemOf = (error: AppError, requestId: string): Problem => ({
  type: `urn:slipway:problem:${error.code}`,
  title: errorCatalog[error.code].title,
  status: error.status,
  code: error.code,
  detail: error.detail,
  requestId,
  ...(error.upstreamRequestId !== undefined && { upstreamRequestId: error.upstreamRequestId }),
  ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
  ...(error.issues.length > 0 && { issues: error.issues }),
  ...(Object.keys(error.facts).length > 0 && { facts: error.facts }),
  ...(error.attachment !== undefined && { attachment: error.attachment }),
})
