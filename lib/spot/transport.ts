import 'server-only'
import { createHash } from 'node:crypto'
import type { Dispatcher } from 'undici'
import type { z } from 'zod'
import type { FieldIssue } from '@/lib/errors'
import { createAgents, type SpotTimeouts } from './agents'
import { readAnswer, type ReadAnswer } from './answer'
import { createBudget, type SpotBudget } from './budget'
import { systemClock, type SpotClock } from './clock'
import { refined, SpotError } from './errors'
import { exchange, type RawAnswer } from './exchange'
import { retryAfterMs } from './limit-headers'
import { createReadCache, type CacheOwner } from './read-cache'
import { createRetrier, defaultRetrySettings, type RetrySettings } from './retry'
import { callName, spotRoutes, type SpotRoute } from './routes'
import { createTally, type CallCount } from './tally'
import { parseBaseUrl, targetOf } from './target'
import type { ReadOptions, SpotCredentials, SpotRead } from './types'

/** The total covers every attempt of a read: a page waits no longer than that. */
export const defaultSpotTimeouts: SpotTimeouts = { connectMs: 5_000, headersMs: 15_000, bodyIdleMs: 10_000, totalMs: 30_000 }

/** A fact about one call: never its ids, query, headers or body. */
export type SpotLogFields = { call: string; kind: string; status?: number; requestId?: string; askedBy?: string; phase?: string; causeCode?: string; durationMs: number }
export type SpotLog = { warn: (fields: SpotLogFields, message: string) => void }
export type DriftNote = { route: SpotRoute; path: string; requestId: string | undefined }

export type SpotTransportOptions = {
  /** `http(s)://host[:port][/prefix]`, without credentials, query or fragment. */
  baseUrl: string
  /** Replaces the agent of the transport; then the caller closes it and sets its connect timeout. */
  dispatcher?: Dispatcher
  clock?: SpotClock
  random?: () => number
  log?: SpotLog
  /** Called once for each route and field whose shape differed from the documents. */
  onDrift?: (note: DriftNote) => void
  timeouts?: Partial<SpotTimeouts>
  retry?: Partial<RetrySettings>
  maxBytes?: number
}

export type Scope = CacheOwner & { token: string; budgetKey: string; askedBy?: string }

export type SpotCall = {
  route: SpotRoute
  scope: Scope
  ids: Record<string, string>
  query: Record<string, string>
  /** Read with the schema that keeps every field, and shared apart from other reads of the route. */
  isWhole?: boolean
  body: unknown
  options: ReadOptions
}

export type SpotTransport = {
  scopeOf: (credentials: SpotCredentials) => Scope
  /** The one way to the upstream: every answer passes `item` within the vendor's envelope; null: the call answers with a status alone. */
  request: <Item>(item: z.ZodType<Item> | null, call: SpotCall) => Promise<SpotRead<Item[]>>
  budget: SpotBudget
  /** Calls since the process began, by route and outcome; those that were held back are counted as such. */
  counts: () => CallCount[]
  /** Drops every answer that was read with this token. Call it at sign-out. */
  forgetToken: (token: string) => void
  close: () => Promise<void>
}

const userAgent = 'slipway'
const defaultMaxBytes = 64 * 1024 * 1024
const mostDriftNotes = 1_000

type Loaded = ReadAnswer<unknown> & { bytes: number; fetchedAtMs: number }

/** The process's one way to the Spot API: connections, deadlines, budget, retries and shared answers. */
export const createSpotTransport = (options: SpotTransportOptions): SpotTransport => {
  const { clock = systemClock, random = Math.random, log, maxBytes = defaultMaxBytes } = options
  const base = parseBaseUrl(options.baseUrl)
  const timeouts = { ...defaultSpotTimeouts, ...options.timeouts }
  const agents = options.dispatcher ? null : createAgents(timeouts)
  const budget = createBudget(clock)
  const retrier = createRetrier(clock, random, { ...defaultRetrySettings, ...options.retry })
  const cache = createReadCache<Loaded>(clock)
  const noteDrift = createDriftNotes(options.onDrift)
  const tally = createTally()

  const send = (call: SpotCall, target: string, totalMs: number, signal: AbortSignal | undefined): Promise<RawAnswer> => {
    const { method } = spotRoutes[call.route]
    const dispatcher = options.dispatcher ?? (method === 'GET' ? agents?.reads : agents?.writes)
    if (dispatcher === undefined) throw new Error('The transport has no dispatcher')
    const body = call.body === undefined ? null : JSON.stringify(call.body)
    const headers = headersFor(call.scope)
    const { headersMs, bodyIdleMs } = timeouts
    return exchange(dispatcher, { ...base, path: target, method, headers, body, headersMs, bodyIdleMs, totalMs, maxBytes, signal }, clock.wallMs)
  }

  const attempt = async (item: z.ZodType | null, call: SpotCall, target: string, totalMs: number, signal: AbortSignal | undefined): Promise<Loaded> => {
    const name = callName(call.route)
    const startedAt = clock.monotonicMs()
    let retryMs: number | null = null
    try {
      budget.spend(call.scope.budgetKey, call.route)
      const answer = await send(call, target, totalMs, signal)
      const blockMs = budget.note(call.scope.budgetKey, call.route, answer.status, answer.headers)
      retryMs = blockMs ?? (answer.status >= 500 ? retryAfterMs(answer.headers, clock.wallMs()) : null)
      const read = readAnswer(item, answer, name)
      noteDrift(call.route, read.drift, read.requestId)
      tally.add(call.route, null)
      return { ...read, bytes: answer.body.length, fetchedAtMs: answer.receivedAtMs }
    } catch (error) {
      if (!(error instanceof SpotError)) throw error
      tally.add(call.route, error)
      if (error.kind === 'drift') noteDrift(call.route, [error.path ?? ''], error.requestId)
      if (error.kind === 'unauthorized') cache.drop((owner) => owner.tokenFingerprint === call.scope.tokenFingerprint)
      const known = refined(error, {
        call: name,
        issues: withoutToken(error.issues, call.scope.token),
        ...(retryMs !== null && { retryAfterMs: Math.max(0, retryMs) }),
      })
      if (isWorthLogging(known)) log?.warn(logFields(known, clock.monotonicMs() - startedAt, call.scope.askedBy), 'Spot API call failed')
      throw known
    }
  }

  const read = async (item: z.ZodType | null, call: SpotCall, target: string) => {
    const { maxAgeMs = 0, fresh: isFresh = false, signal } = call.options
    const { value, fromCache } = await cache.read({
      owner: call.scope,
      target: call.isWhole ? `${target}#whole` : target,
      maxAgeMs,
      isFresh,
      signal,
      load: (shared) => retrier.run((leftMs) => attempt(item, call, target, leftMs, shared), timeouts.totalMs, shared),
    })
    return { ...value, fromCache }
  }

  const write = async (item: z.ZodType | null, call: SpotCall, target: string) => {
    try {
      return { ...(await attempt(item, call, target, timeouts.totalMs, call.options.signal)), fromCache: false }
    } finally {
      // What was read before, or is being read now, may not show the write.
      cache.drop((owner, path) => owner.accountId === call.scope.accountId && isTouchedBy(call, path))
    }
  }

  return {
    budget,
    counts: tally.counts,
    scopeOf: (credentials) => {
      const tokenFingerprint = fingerprintOf(credentials.token)
      const budgetKey = credentials.organizationId ?? credentials.accountId ?? tokenFingerprint
      return { ...credentials, tokenFingerprint, budgetKey }
    },
    request: async <Item>(item: z.ZodType<Item> | null, call: SpotCall): Promise<SpotRead<Item[]>> => {
      refuseImpossibleToken(call)
      const target = targetOf(base, call.route, call.ids, call.query)
      const { items, drift, requestId, fetchedAtMs, fromCache } = await (spotRoutes[call.route].method === 'GET' ? read : write)(item, call, target)
      // The cache holds items of every route; the target in its key names the route, and a route has one schema, and one more where it is read whole.
      return { data: items as Item[], drift, requestId, fetchedAtMs, fromCache }
    },
    forgetToken: (token) => {
      const fingerprint = fingerprintOf(token)
      cache.drop((owner) => owner.tokenFingerprint === fingerprint)
    },
    close: async () => {
      await Promise.all([agents?.reads.destroy(), agents?.writes.destroy()])
    },
  }
}

/** Whether a read may show what a write has changed. A group's call does not name its cluster, and moves the matches of its nodes. */
const isTouchedBy = ({ ids }: SpotCall, path: string): boolean =>
  ids.clusterId === undefined ? /\/virtualNodeGroup|\/cluster\//.test(path) : path.includes(`/cluster/${ids.clusterId}/`)

const headersFor = ({ token, askedBy }: Scope): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  accept: 'application/json',
  'accept-encoding': 'identity',
  'content-type': 'application/json',
  'user-agent': userAgent,
  ...(askedBy !== undefined && { 'x-request-id': askedBy }),
})

/** A token that cannot stand in a header is a wrong token; it must not reach the header, nor an error about it. */
const refuseImpossibleToken = ({ route, scope }: SpotCall): void => {
  if (!/^[\x21-\x7e]{1,4096}$/.test(scope.token)) throw new SpotError('unauthorized', { wasSent: 'no', call: callName(route) })
}

const fingerprintOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 32)

const withoutToken = (issues: FieldIssue[], token: string): FieldIssue[] =>
  issues.map((issue) => ({ path: issue.path.replaceAll(token, '[token]'), message: issue.message.replaceAll(token, '[token]') }))

const isWorthLogging = (error: SpotError): boolean => error.kind !== 'cancelled' && !(error.kind === 'rate-limited' && error.wasSent === 'no')

const logFields = ({ kind, call = '', status, requestId, phase, causeCode }: SpotError, durationMs: number, askedBy: string | undefined): SpotLogFields => ({
  call,
  kind,
  durationMs: Math.round(durationMs),
  ...(status !== undefined && { status }),
  ...(requestId !== undefined && { requestId }),
  ...(askedBy !== undefined && { askedBy }),
  ...(phase !== undefined && { phase }),
  ...(causeCode !== undefined && { causeCode }),
})

const createDriftNotes = (onDrift: SpotTransportOptions['onDrift']) => {
  const noted = new Set<string>()
  return (route: SpotRoute, paths: readonly string[], requestId: string | undefined) => {
    for (const path of paths) {
      const key = `${route} ${path.replace(/\[\d+\]/g, '[]')}`
      if (noted.has(key) || noted.size >= mostDriftNotes) continue
      noted.add(key)
      onDrift?.({ route, path, requestId })
    }
  }
}
