import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { sessionCookieName, type Env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { openSessionCookie, sealSessionId } from './session-cookie'

export type SignInInput = { token: string; accountId: string; displayName: string }
/** Proves the token and opens a session; throws AppError. */
export type SignInVerb = (given: SignInInput) => Promise<{ sessionId: string }>

/** The cookie with every attribute that narrows it; browsers accept all of them on loopback as well. */
export const cookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure: true } as const

export const csrfCookieName = '__Host-slipway.csrf'

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'internal')

const text = (value: unknown) => (typeof value === 'string' ? value : '')

const parseUrl = (url: string, base: string): URL | null => {
  try {
    return new URL(url, base)
  } catch {
    return null
  }
}

/** Where to go after sign-in: within our own origin, else home. */
export const safeCallbackUrl = (url: string, publicUrl: string): string => {
  const target = parseUrl(url, publicUrl)
  return target !== null && target.origin === publicUrl ? target.href : publicUrl
}

/**
 * next-auth with one way in: a Spot token, proved by the verb. The cookie holds nothing but the sealed
 * session id; what a client sends to update its session is never merged.
 */
export const authOptions = (env: Env, signIn: SignInVerb): NextAuthOptions => {
  const maxAge = env.sessionMaxHours * 3600
  return {
    secret: env.secrets[0],
    useSecureCookies: true,
    session: { strategy: 'jwt', maxAge },
    cookies: {
      sessionToken: { name: sessionCookieName, options: cookieOptions },
      csrfToken: { name: csrfCookieName, options: cookieOptions },
      callbackUrl: { name: '__Host-slipway.callback', options: cookieOptions },
    },
    jwt: {
      maxAge,
      encode: ({ token, maxAge: seconds }) => sealSessionId(env, token, seconds ?? maxAge),
      decode: ({ token }) => openSessionCookie(env, token),
    },
    providers: [
      Credentials({
        credentials: { token: {}, accountId: {}, displayName: {} },
        authorize: async (given) => {
          try {
            const { sessionId } = await signIn({ token: text(given?.token), accountId: text(given?.accountId), displayName: text(given?.displayName) })
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
      redirect: ({ url }) => safeCallbackUrl(url, env.publicUrl),
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  }
}
