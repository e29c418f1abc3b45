import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import type { Env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { openSessionCookie, sealSessionId, sessionCookieName } from './session-cookie'

export type SignInCall = { token: string; accountId: string; displayName: string; request: { headers?: Record<string, unknown> } }
export type SignInVerb = (call: SignInCall) => Promise<{ sessionId: string }>

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'internal')

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/**
 * next-auth with one way in: a Spot token, proved by the verb. The cookie holds nothing but the sealed
 * session id; what a client sends to update its session is never merged.
 */
export const authOptions = (env: Env, signIn: SignInVerb): NextAuthOptions => {
  const maxAge = env.sessionMaxHours * 3600
  const options = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: env.isPublicUrlSecure }
  const prefix = env.isPublicUrlSecure ? '__Host-' : ''
  return {
    secret: env.secrets[0],
    useSecureCookies: env.isPublicUrlSecure,
    session: { strategy: 'jwt', maxAge },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    cookies: {
      sessionToken: { name: sessionCookieName(env.isPublicUrlSecure), options },
      csrfToken: { name: `${prefix}slipway.csrf`, options },
      callbackUrl: { name: `${prefix}slipway.callback`, options },
    },
    jwt: {
      maxAge,
      encode: ({ token, maxAge: seconds }) => sealSessionId(env, token, seconds ?? maxAge),
      decode: ({ token }) => openSessionCookie(env, token),
    },
    providers: [
      Credentials({
        credentials: { token: {}, accountId: {}, displayName: {} },
        authorize: async (given, request) => {
          try {
            const { sessionId } = await signIn({ token: text(given?.token), accountId: text(given?.accountId), displayName: text(given?.displayName), request })
            return { id: sessionId }
          } catch (error) {
            // next-auth hands the message to the page as `error`: it is the code, nothing else.
            throw new Error(codeOf(error), { cause: error })
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (url.startsWith('/') && !/^\/[/\\]/.test(url) ? `${baseUrl}${url}` : baseUrl),
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  }
}
