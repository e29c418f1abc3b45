import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FaultEffect, JournalEntry } from './admin-types'
import { sendFaulty, type Faults } from './faults'
import type { Limiter, LimitState } from './limiter'
import { accounts, principals, type Principal } from './people'
import { readBody } from './request'
import { findRoute } from './routes'
import { envelope, forbidden, invalid, type Reply } from './wire'
import type { World } from './world'

export type Api = {
  world: World
  faults: Faults
  limiter: Limiter
  revoked: Set<string>
  journal: JournalEntry[]
  /** Waits; an argument so that tests need not. */
  pause: (ms: number) => Promise<void>
}

const bare = (status: 401 | 404 | 405 | 413 | 429, data?: string): Reply => ({ ok: false, status, ...(data === undefined ? {} : { data }) })

const tokenOf = (request: IncomingMessage): string | null => /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null

const principalOf = (api: Api, token: string | null): Principal | null => {
  if (token === null || api.revoked.has(token) || !Object.hasOwn(principals, token)) return null
  return principals[token] ?? null
}

/** A call without an account works on the organisation's oldest one (Spot API, Authentication). */
const accountOf = (principal: Principal, query: URLSearchParams): string | null => {
  const asked = query.get('accountId')
  if (asked === null) return accounts.find(({ accountId }) => principal.accountIds.includes(accountId))?.accountId ?? null
  return principal.accountIds.includes(asked) ? asked : null
}

const limitHeaders = ({ limit, remaining, resetSeconds }: LimitState) => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(resetSeconds),
})

type Answer = { reply: Reply; headers: Record<string, string>; principal: Principal | null }

const forced = (effects: FaultEffect[]): { reply: Reply; headers: Record<string, string> } | number | null => {
  for (const effect of effects) {
    if (effect.kind === 'status') return effect.status
    if (effect.kind === 'rate-limit') {
      const headers = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(effect.resetSeconds), ...(effect.retryAfter === undefined ? {} : { 'retry-after': effect.retryAfter }) }
      return { reply: bare(429, 'Rate limit exceeded'), headers }
    }
  }
  return null
}

const answer = (api: Api, request: IncomingMessage, url: URL, body: unknown): Answer => {
  const principal = principalOf(api, tokenOf(request))
  if (principal === null) return { reply: bare(401), headers: {}, principal }
  const found = findRoute(request.method ?? 'GET', url.pathname)
  if (found === 'no-path') return { reply: bare(404), headers: {}, principal }
  if (found === 'no-method') return { reply: bare(405), headers: {}, principal }
  const { route, params } = found
  const limit = api.limiter.count(`${principal.organizationId} ${route.method} ${route.path}`, api.world.nowMs())
  const headers = limitHeaders(limit)
  if (limit.isBlocked) return { reply: bare(429, 'Rate limit exceeded'), headers, principal }
  const accountId = accountOf(principal, url.searchParams)
  if (accountId === null) return { reply: forbidden('The token has no access to this account.'), headers, principal }
  if (route.isWrite && !principal.canWrite) return { reply: forbidden('The token may only read.'), headers, principal }
  api.world.advance()
  return { reply: route.handle({ world: api.world, principal, accountId, params, query: url.searchParams, body }), headers, principal }
}

const has = (effects: FaultEffect[], kind: FaultEffect['kind']) => effects.some((effect) => effect.kind === kind)

/** Answers one request to the simulated Spot API. */
export const handleApi = async (api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://simulator.invalid')
  const method = request.method ?? 'GET'
  const entry: JournalEntry = { atMs: api.world.nowMs(), method, path: url.pathname, query: url.search, principal: principalOf(api, tokenOf(request))?.name ?? null, status: null }
  api.journal.push(entry)
  const effects = api.faults.take(method, url.pathname)
  const body = await readBody(request)
  for (const effect of effects) if (effect.kind === 'latency') await api.pause(effect.ms)
  if (has(effects, 'hang-before')) return
  if (has(effects, 'reset-before')) return void response.socket?.resetAndDestroy()
  const echo = { id: randomUUID(), url: `${url.pathname}${url.search}`, method, timestamp: new Date(api.world.nowMs()).toISOString() }
  const instead = forced(effects)
  if (typeof instead === 'number') {
    entry.status = instead
    const status = { code: instead, message: instead >= 500 ? 'Internal Server Error' : 'Error' }
    return send(response, instead, {}, { request: echo, response: { status } })
  }
  const given = instead ?? (body.ok ? answer(api, request, url, body.value) : { reply: body.reason === 'too-large' ? bare(413) : invalid('The body is not valid JSON.'), headers: {} })
  const wrapped = envelope(given.reply, echo)
  entry.status = wrapped.status
  for (const [name, value] of Object.entries(given.headers)) response.setHeader(name, value)
  if (sendFaulty(response, effects, wrapped)) return
  send(response, wrapped.status, {}, wrapped.body)
}

const send = (response: ServerResponse, status: number, headers: Record<string, string>, body: unknown): void => {
  const text = Buffer.from(JSON.stringify(body))
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': text.length }).end(text)
}
