import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readSession } from '@/lib/auth/read-session'
import type { AppError } from '@/lib/errors'
import { getServer, type Server } from '@/lib/server'
import { parseInput, parseParams, readJson } from './input'
import { jsonReply, ownReply, problemReply } from './reply'
import { requireSameOrigin } from './same-origin'

/** What a verb works with. */
type Context = Awaited<ReturnType<Server['contextFor']>>

type Params = Record<string, string | string[] | undefined>
export type RouteArgs = { params: Promise<Params> }

type Schemas<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = { params?: P; query?: Q; body?: B }
type Parsed<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = { params: z.output<P>; query: z.output<Q>; body: z.output<B> }

export type Call = { request: Request; requestId: string; server: Server }
/** What a handler returns: data for a JSON answer, or a whole Response. */
type Handler<Input> = (call: Call & Input) => Promise<unknown>

const isWrite = (request: Request) => request.method !== 'GET' && request.method !== 'HEAD'

const nothing = z.object({})

/** A write is JSON even when it has no body: a form of another site cannot send that media type unasked. */
const parseBody = async <B extends z.ZodType>(schema: B | undefined, request: Request): Promise<z.output<B>> => {
  const body = isWrite(request) ? await readJson(request) : undefined
  return schema === undefined ? (undefined as z.output<B>) : parseInput(schema, body)
}

const parseAll = async <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(schemas: Schemas<P, Q, B>, request: Request, args: RouteArgs | undefined): Promise<Parsed<P, Q, B>> => ({
  params: parseParams((schemas.params ?? nothing) as P, (await args?.params) ?? {}),
  query: parseInput((schemas.query ?? nothing) as Q, Object.fromEntries(new URL(request.url).searchParams)),
  body: await parseBody(schemas.body, request),
})

/** One line for each refusal; a fault of ours with where it happened. */
export const logFailure = (error: AppError, { request, requestId, server }: Call, startedAt: number): void => {
  const fields = {
    requestId,
    method: request.method,
    path: new URL(request.url).pathname,
    code: error.code,
    upstreamRequestId: error.upstreamRequestId,
    durationMs: Math.round(performance.now() - startedAt),
  }
  server.failures.set(error.code, (server.failures.get(error.code) ?? 0) + 1)
  if (error.code === 'internal') server.log.error({ ...fields, fault: server.describeFault(error.cause) }, 'a request failed')
  else server.log.info(fields, 'a request was refused')
}

/** Runs a handler between a new request id and an answer that gives nothing away. */
export const answer = async (request: Request, run: (call: Call) => Promise<unknown>): Promise<Response> => {
  const server = getServer()
  const call = { request, requestId: randomUUID(), server }
  const startedAt = performance.now()
  try {
    if (isWrite(request)) requireSameOrigin(request, server.env.publicUrl)
    const result = await run(call)
    return result instanceof Response ? ownReply(result, call.requestId) : await jsonReply(request, call.requestId, result)
  } catch (cause) {
    const error = server.explain(cause)
    logFailure(error, call, startedAt)
    return problemReply(error, call.requestId)
  }
}

/** A route that needs no session: parse, act, answer. */
export const publicRoute =
  <P extends z.ZodType = typeof nothing, Q extends z.ZodType = typeof nothing, B extends z.ZodType = z.ZodUndefined>(schemas: Schemas<P, Q, B>, handle: Handler<Parsed<P, Q, B>>) =>
  (request: Request, args?: RouteArgs): Promise<Response> =>
    answer(request, async (call) => handle({ ...call, ...(await parseAll(schemas, request, args)) }))

const signedIn = async ({ request, requestId, server }: Call): Promise<Context> =>
  server.contextFor(await readSession({ request, ...server }), { requestId, signal: request.signal })

/**
 * A route for signed-in people: the session is read, then the input, then one verb is called. Every
 * handler authorises for itself; the proxy in front is no lock.
 */
export const route =
  <P extends z.ZodType = typeof nothing, Q extends z.ZodType = typeof nothing, B extends z.ZodType = z.ZodUndefined>(schemas: Schemas<P, Q, B>, handle: Handler<Parsed<P, Q, B> & { ctx: Context }>) =>
  (request: Request, args?: RouteArgs): Promise<Response> =>
    answer(request, async (call) => {
      const ctx = await signedIn(call)
      return handle({ ...call, ...(await parseAll(schemas, request, args)), ctx })
    })
