import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readSession } from '@/lib/auth/read-session'
import { storageError } from '@/lib/db/errors'
import { AppError } from '@/lib/errors'
import { getServer, type Server } from '@/lib/server'
import type { Context } from '@/lib/services/context'
import { createSpotClient } from '@/lib/spot/client'
import { parseInput, parseParams, readJson } from './input'
import { asAppError } from './problem'
import { jsonReply, problemReply } from './reply'
import { requireSameOrigin } from './same-origin'

type Params = Record<string, string | string[] | undefined>
type RouteArgs = { params: Promise<Params> }

type Schemas<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = { params?: P; query?: Q; body?: B }
type Parsed<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = { params: z.output<P>; query: z.output<Q>; body: z.output<B> }

type Call = { request: Request; requestId: string; server: Server }
/** What a handler returns: data for a JSON answer, or a whole Response. */
type Handler<Input> = (call: Call & Input) => Promise<unknown>

const isWrite = (request: Request) => request.method !== 'GET' && request.method !== 'HEAD'

const nothing = z.object({})

const parseAll = async <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(schemas: Schemas<P, Q, B>, request: Request, args: RouteArgs | undefined): Promise<Parsed<P, Q, B>> => ({
  params: parseParams((schemas.params ?? nothing) as P, (await args?.params) ?? {}),
  query: parseInput((schemas.query ?? nothing) as Q, Object.fromEntries(new URL(request.url).searchParams)),
  body: schemas.body === undefined ? (undefined as z.output<B>) : parseInput(schemas.body, await readJson(request)),
})

const answer = async (request: Request, run: (call: Call) => Promise<unknown>): Promise<Response> => {
  const requestId = randomUUID()
  const startedAt = performance.now()
  try {
    const server = getServer()
    if (isWrite(request)) requireSameOrigin(request, server.env.publicUrl)
    const result = await run({ request, requestId, server })
    return result instanceof Response ? result : await jsonReply(request, requestId, result)
  } catch (cause) {
    const error = asAppError(cause)
    logFailure(error, request, requestId, performance.now() - startedAt)
    return problemReply(error, requestId)
  }
}

const logFailure = (error: AppError, request: Request, requestId: string, durationMs: number) => {
  const server = getServer()
  const fields = { requestId, method: request.method, path: new URL(request.url).pathname, code: error.code, upstreamRequestId: error.upstreamRequestId, durationMs: Math.round(durationMs) }
  if (error.code === 'internal') server.log.error({ ...fields, fault: error.cause instanceof Error ? error.cause.stack : undefined }, 'a request failed')
  else server.log.info(fields, 'a request was refused')
}

/** A route that needs no session: parse, act, answer. */
export const publicRoute =
  <P extends z.ZodType = typeof nothing, Q extends z.ZodType = typeof nothing, B extends z.ZodType = z.ZodUndefined>(schemas: Schemas<P, Q, B>, handle: Handler<Parsed<P, Q, B>>) =>
  (request: Request, args?: RouteArgs): Promise<Response> =>
    answer(request, async (call) => handle({ ...call, ...(await parseAll(schemas, request, args)) }))

const contextOf = async ({ request, requestId, server }: Call): Promise<Context> => {
  const database = () => server.database().then(({ db }) => db)
  const { row, token } = await readSession({ request, env: server.env, vault: server.vault, database, now: server.now })
  const db = await database().catch((error: unknown) => {
    throw storageError(error)
  })
  return {
    session: { sessionId: row.id, accountId: row.accountId, accountName: row.accountName, organizationId: row.organizationId, displayName: row.displayName, expiresAtMs: row.expiresAt.getTime() },
    token,
    spot: createSpotClient(server.transport, { token, accountId: row.accountId, organizationId: row.organizationId }),
    db,
    live: server.live,
    vault: server.vault,
    installation: server.installation(),
    now: server.now,
    log: server.log,
    requestId,
  }
}

/**
 * A route for signed-in people: the session is read, then the input, then one verb is called. Every
 * handler authorises for itself; the proxy in front is no lock.
 */
export const route =
  <P extends z.ZodType = typeof nothing, Q extends z.ZodType = typeof nothing, B extends z.ZodType = z.ZodUndefined>(schemas: Schemas<P, Q, B>, handle: Handler<Parsed<P, Q, B> & { ctx: Context }>) =>
  (request: Request, args?: RouteArgs): Promise<Response> =>
    answer(request, async (call) => {
      const ctx = await contextOf(call)
      return handle({ ...call, ...(await parseAll(schemas, request, args)), ctx })
    })
