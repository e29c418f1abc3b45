import 'server-only'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { AppError } from '@/lib/errors'
import { peerHeader } from './address'
import { problemOf } from './problem'

const compress = promisify(gzip)
/** Below this a compressed answer saves no packet. */
const gzipFromCharacters = 2048
/** The fastest level: node lists are so repetitive that a slower one gains little and costs several times the time. */
const gzipLevel = constants.Z_BEST_SPEED

/** Stands in for Content-Encoding on the way through Next, which drops that header; see `server-hooks.ts`. */
export const encodingHeader = 'x-slipway-encoding'

const takesGzip = (request: Pick<Request, 'headers'>): boolean =>
  (request.headers.get('accept-encoding') ?? '').split(',').some((coding) => /^gzip(;q=(1(\.0*)?|0\.\d*[1-9]\d*))?$/.test(coding.replace(/\s/g, '')))

/** The hooks stamp each request; without them a compressed answer would leave without saying so. */
const isHooked = (request: Pick<Request, 'headers'>): boolean => request.headers.has(peerHeader)

/** Headers of every answer of ours: it is for one person, at this moment. */
const ownHeaders = (requestId: string): Record<string, string> => ({
  'Cache-Control': 'no-store',
  Vary: 'Accept-Encoding, Cookie',
  'X-Request-Id': requestId,
})

/** Data as JSON. Next compresses pages, but not what route handlers answer, so large data is compressed here. */
export const jsonReply = async (request: Pick<Request, 'headers'>, requestId: string, data: unknown, status = 200): Promise<Response> => {
  const headers = { ...ownHeaders(requestId), 'Content-Type': 'application/json' }
  const text = JSON.stringify(data)
  if (text.length < gzipFromCharacters || !takesGzip(request) || !isHooked(request)) return new Response(text, { status, headers })
  return new Response(new Uint8Array(await compress(text, { level: gzipLevel })), { status, headers: { ...headers, [encodingHeader]: 'gzip' } })
}

/** An error as `application/problem+json`. */
export const problemReply = (error: AppError, requestId: string, extra: Record<string, string> = {}): Response => {
  const retryAfter: Record<string, string> = error.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(error.retryAfterSeconds) }
  const headers = { ...ownHeaders(requestId), 'Content-Type': 'application/problem+json', ...retryAfter }
  return new Response(JSON.stringify({ ...problemOf(error, requestId), ...extra }), { status: error.status, headers })
}

/** A whole answer of a handler, such as a stream, with what stands on every answer. */
export const ownReply = (response: Response, requestId: string): Response => {
  for (const [name, value] of Object.entries(ownHeaders(requestId))) if (!response.headers.has(name)) response.headers.set(name, value)
  return response
}
