import 'server-only'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import type { NextApiRequest, NextApiResponse } from 'next'
import { authOptions, csrfCookieName, type SignInVerb } from '@/lib/auth/options'
import { readSession } from '@/lib/auth/read-session'
import { cookieOf } from '@/lib/auth/session-cookie'
import { AppError } from '@/lib/errors'
import type { Server } from '@/lib/server'
import { peerAddress } from './address'
import { readForm } from './input'
import { problemReply } from './reply'
import { answer, logFailure, type Call, type RouteArgs } from './route'

type Recorded = { status: number; headers: Headers; body: string }

/** The part of Next's older response that next-auth writes to, kept as plain facts. */
const recorder = () => {
  const recorded: Recorded = { status: 200, headers: new Headers(), body: '' }
  const response = {
    status: (status: number) => {
      recorded.status = status
      return response
    },
    getHeader: (name: string) => (name.toLowerCase() === 'set-cookie' ? recorded.headers.getSetCookie() : (recorded.headers.get(name) ?? undefined)),
    setHeader: (name: string, value: string | string[]) => {
      recorded.headers.delete(name)
      for (const one of [value].flat()) recorded.headers.append(name, one)
      return response
    },
    json: (data: unknown) => response.send(data),
    send: (data: unknown) => {
      recorded.body = typeof data === 'string' ? data : JSON.stringify(data ?? {})
    },
    end: () => {},
  }
  return { recorded, response }
}

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}

/**
 * Calls next-auth with a request of our own making: it sees the parsed form, its csrf cookie and nothing
 * else of what the client sent, so neither a forwarded host nor a bearer header can mean anything to it.
 */
const callNextAuth = async (request: Request, nextauth: string[], body: Record<string, string>, options: NextAuthOptions): Promise<Recorded> => {
  const { recorded, response } = recorder()
  const cookies = { [csrfCookieName]: decoded(cookieOf(request, csrfCookieName) ?? '') }
  const given = { method: request.method, headers: {}, query: { nextauth }, cookies, body }
  await NextAuth(given as unknown as NextApiRequest, response as unknown as NextApiResponse, options)
  return recorded
}

/** What of next-auth is reachable. Its own session and sign-out routes are not: ours read and end the row. */
const reachable: ReadonlySet<string> = new Set(['GET csrf', 'GET providers', 'POST callback/credentials'])

type Verb = (deps: Awaited<ReturnType<Server['signInDeps']>>, given: unknown, address: string) => Promise<{ sessionId: string }>

/** A session id lives for one sign-in: the one the browser came with ends when another begins. */
const endFormer = async ({ request, server }: Call): Promise<void> => {
  const former = await readSession({ request, ...server }).catch(() => null)
  if (former !== null) await server.endSession(former)
}

const staleForm = () => new AppError('cross_site_request', { detail: 'The sign-in form is no longer valid. Reload the page and try again.' })

const run = async (call: Call, nextauth: string[], verb: Verb): Promise<Response> => {
  const { request, server, requestId } = call
  if (!reachable.has(`${request.method} ${nextauth.join('/')}`)) throw new AppError('not_found', { detail: 'There is nothing at this address.' })
  let refusal: AppError | undefined
  let isSignedIn = false
  const signIn: SignInVerb = async (given) => {
    try {
      const session = await verb(await server.signInDeps(), given, peerAddress(request.headers))
      isSignedIn = true
      return session
    } catch (error) {
      refusal = server.explain(error)
      throw refusal
    }
  }
  const startedAt = performance.now()
  const form = request.method === 'POST' ? await readForm(request) : {}
  const { status, headers, body } = await callNextAuth(request, nextauth, form, authOptions(server.env, signIn))
  // Without a matching csrf token next-auth asks nobody and answers with an address of its own.
  if (request.method === 'POST' && !isSignedIn) refusal ??= staleForm()
  if (refusal !== undefined) {
    logFailure(refusal, call, startedAt)
    // The client of next-auth reads the code out of `url`; everyone else gets the whole sentence.
    return problemReply(refusal, requestId, { url: `${server.env.publicUrl}/?error=${refusal.code}` })
  }
  if (isSignedIn) await endFormer(call)
  headers.set('Cache-Control', 'no-store')
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json')
  return new Response(body, { status, headers })
}

/** The routes of next-auth, with the verb that proves a token and opens a session. */
export const authRoute =
  (verb: Verb) =>
  (request: Request, args: RouteArgs): Promise<Response> =>
    answer(request, async (call) => run(call, [(await args.params).nextauth ?? []].flat(), verb))
