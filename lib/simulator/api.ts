import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { accountOf, principalOf } from './access'
import type { FaultEffect } from './admin-types'
import { sendFaulty, type Faults } from './faults'
import type { Journal } from './journal'
import type { Limiter, LimitState } from './limiter'
import type { Principal } from './people'
import { readBody, readTarget, type Body } from './request'
import { findRoute, type Route } from './routes'
import { envelope, forbidden, invalid, type Reply } from './wire'
import type { World } from './world'

export type Api = {
  world: World
  faults: Faults
  limiter: Limiter
  /** Whether a route counts as one, or each of its paths. */
  limitBy: 'route' | 'path'
  journal: Journal
  /** Ends connections on which nothing is under way, so that the next request opens one. */
  closeIdle: () => void
  /** Waits; an argument so that a test can keep its own time. */
  pause: (ms: number) => Promise<void>
}

type Asked = { method: string; path: string; query: URLSearchParams; principal: Principal | null; effects: FaultEffect[] }
type Answer = { reply: Reply; headers: Record<string, string> }

const bare = (status: 401 | 404 | 405 | 413 | 429, data?: string): Reply => ({ ok: false, status, ...(data === undefined ? {} : { data }) })

const limitHeaders = ({ limit, remaining, resetSeconds }: LimitState) => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(resetSeconds),
})

/** A read without an id of what is read. The heartbeat is one thing, though nothing names it. */
const isList = ({ path }: Route): boolean => !/(:\w+|controllerHeartbeat)$/.test(path)

/** The world that a request sees: for a read it may be one of before. */
const worldFor = ({ world }: Api, { method, effects }: Asked, route: Route): World => {
  if (method !== 'GET') return world
  const lag = effects.find((effect) => effect.kind === 'earlier' || (effect.kind === 'lagging-lists' && isList(route)))
  return lag !== undefined && 'ms' in lag ? world.ago(lag.ms) : world
}

const replyTo = (api: Api, asked: Asked, found: ReturnType<typeof findRoute>, body: Body): Reply => {
  const { principal, query } = asked
  if (principal === null) return bare(401)
  if (found === 'no-path') return bare(404)
  if (found === 'no-method') return bare(405)
  const { route, params } = found
  const accountId = accountOf(principal, query)
  if (accountId === null) return forbidden('The token has no access to this account.')
  if (route.isWrite && !principal.canWrite) return forbidden('The token may only read.')
  if (!body.ok) return body.reason === 'too-large' ? bare(413) : invalid('The body is not valid JSON.')
  api.world.advance()
  return route.handle({ world: worldFor(api, asked, route), principal, accountId, params, query, body: body.value })
}

const answer = (api: Api, asked: Asked, body: Body): Answer => {
  const found = findRoute(asked.method, asked.path)
  const route = typeof found === 'string' ? found : api.limitBy === 'path' ? asked.path : found.route.path
  const limit = api.limiter.count(`${asked.principal?.organizationId ?? 'nobody'} ${asked.method} ${route}`, api.world.nowMs())
  const reply = limit.isBlocked ? bare(429, 'Rate limit exceeded') : replyTo(api, asked, found, body)
  return { reply, headers: limitHeaders(limit) }
}

/** What a fault puts in place of the answer; the request is not carried out. */
const forced = (effects: FaultEffect[]): Answer | null => {
  for (const effect of effects) {
    if (effect.kind === 'status' && !effect.isCarriedOut) return { reply: { ok: false, status: effect.status }, headers: {} }
    if (effect.kind !== 'rate-limit') continue
    const headers = limitHeaders({ isBlocked: true, limit: 60, remaining: 0, resetSeconds: effect.resetSeconds })
    return { reply: bare(429, 'Rate limit exceeded'), headers: effect.retryAfter === undefined ? headers : { ...headers, 'retry-after': effect.retryAfter } }
  }
  return null
}

/** The answer of a request that was carried out, or the error that a fault tells in its place. */
const told = (effects: FaultEffect[], given: Answer): Answer => {
  const error = effects.find((effect) => effect.kind === 'status')
  return error === undefined ? given : { ...given, reply: { ok: false, status: error.status } }
}

const has = (effects: FaultEffect[], kind: FaultEffect['kind']) => effects.some((effect) => effect.kind === kind)

/** Answers one request to the simulated Spot API. */
export const handleApi = async (api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { path, query, search } = readTarget(request)
  const method = request.method ?? 'GET'
  const principal = principalOf(request, api.world.revoked)
  const entry = api.journal.add({ atMs: api.world.nowMs(), method, path, query: search, principal: principal?.name ?? null, requestId: request.headers['x-request-id']?.toString() ?? null, status: null })
  const effects = api.faults.take(method, path)
  const body = await readBody(request)
  for (const effect of effects) if (effect.kind === 'latency') await api.pause(effect.ms)
  if (has(effects, 'hang-before')) return
  if (has(effects, 'reset-before')) return void response.socket?.resetAndDestroy()
  const shownAt = new Date(api.world.shownMs())
  const echo = { id: randomUUID(), url: `${path}${search}`, method, timestamp: shownAt.toISOString() }
  const { reply, headers } = forced(effects) ?? told(effects, answer(api, { method, path, query, principal, effects }, body))
  const wrapped = envelope(reply, echo)
  if (!has(effects, 'hang-after') && !has(effects, 'reset-after')) entry.status = wrapped.status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.setHeader('date', shownAt.toUTCString())
  if (await sendFaulty(response, effects, wrapped, api.pause)) return
  const text = Buffer.from(JSON.stringify(wrapped.body))
  response.writeHead(wrapped.status, { 'content-type': 'application/json', 'content-length': text.length }).end(text)
}
