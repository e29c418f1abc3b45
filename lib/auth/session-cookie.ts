import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { decode, encode, type JWT } from 'next-auth/jwt'
import { sessionCookieName, type Env } from '@/lib/env'

/** A new opaque session id: 256 random bits. Only its hash is stored. */
export const newSessionId = (): string => randomBytes(32).toString('base64url')
export const hashSessionId = (sessionId: string): string => createHash('sha256').update(sessionId).digest('hex')

const claim = 'sid'

/** Seals the id with the newest secret. */
export const sealSessionId = (env: Pick<Env, 'secrets'>, token: JWT | undefined, maxAgeSeconds: number): Promise<string> =>
  encode({ token: { [claim]: token?.[claim] }, secret: env.secrets[0], maxAge: maxAgeSeconds })

const decodeWith = async (value: string, secret: string): Promise<JWT | null> => {
  try {
    return await decode({ token: value, secret })
  } catch {
    return null
  }
}

/** Opens a cookie with any of the secrets, so that one can be rotated; null when none fits. */
export const openSessionCookie = async (env: Pick<Env, 'secrets'>, value: string | undefined): Promise<JWT | null> => {
  if (value === undefined) return null
  for (const secret of env.secrets) {
    const token = await decodeWith(value, secret)
    if (token !== null) return token
  }
  return null
}

export const sessionIdOf = (token: JWT | null): string | null => (typeof token?.[claim] === 'string' ? token[claim] : null)

/** One cookie of a request, by exact name. */
export const cookieOf = (request: Pick<Request, 'headers'>, name: string): string | undefined => {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** The Set-Cookie that takes the session's cookie away. */
export const clearedSessionCookie = `${sessionCookieName}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`
