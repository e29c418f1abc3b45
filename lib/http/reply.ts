import 'server-only'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { AppError } from '@/lib/errors'
import { problemOf } from './problem'

/** What a handler answers: domain JSON with its status and, rarely, headers of its own. */
export class Reply {
  constructor(
    readonly data: unknown,
    readonly status: number = 200,
    readonly headers: Record<string, string> = {},
  ) {}
}

/** Wraps what a handler answers; a handler that streams returns a Response instead. */
export const reply = (data: unknown, status?: number, headers?: Record<string, string>): Reply => new Reply(data, status, headers)

const compress = promisify(gzip)
/** Below this a compressed answer saves no packet. */
const gzipFromBytes = 2048
/** A tenth of the time of the default level for answers a fifth larger: node lists are repetitive. */
const gzipLevel = constants.Z_BEST_SPEED

const acceptsGzip = (request: Request): boolean =>
  (request.headers.get('accept-encoding') ?? '').split(',').some((coding) => /^gzip(;q=(1|0\.[0-9]*[1-9]))?$/.test(coding.replace(/\s/g, '')))

/** Headers of every answer of ours: it is for one person, at this moment. */
export const ownHeaders = (requestId: string): Record<string, string> => ({
  'cache-control': 'no-store',
  vary: 'Accept-Encoding, Cookie',
  'x-request-id': requestId,
})

/** A reply as it goes over the wire; Next compresses pages, but not the JSON of route handlers. */
export const renderReply = async (request: Request, { data, status, headers }: Reply, requestId: string): Promise<Response> => {
  const all = new Headers({ ...ownHeaders(requestId), 'content-type': 'application/json', ...headers })
  if (data === undefined) {
    all.delete('content-type')
    return new Response(null, { status: 204, headers: all })
  }
  const text = JSON.stringify(data)
  if (text.length < gzipFromBytes || !acceptsGzip(request)) return new Response(text, { status, headers: all })
  all.set('content-encoding', 'gzip')
  return new Response(await compress(text, { level: gzipLevel }), { status, headers: all })
}

/** An error as it goes over the wire. */
export const renderProblem = (error: AppError, requestId: string): Response => {
  const headers = new Headers({ ...ownHeaders(requestId), 'content-type': 'application/problem+json' })
  if (error.retryAfterSeconds !== undefined) headers.set('retry-after', String(error.retryAfterSeconds))
  return new Response(JSON.stringify(problemOf(error, requestId)), { status: error.status, headers })
}
