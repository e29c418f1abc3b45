import { NextResponse, type NextRequest } from 'next/server'
import { env, sessionCookieName } from '@/lib/env'
import { contentSecurityPolicy, securityHeaders } from '@/lib/http/headers'
import { routes } from '@/lib/routes'

const newNonce = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))

/** Paths that are no page: our own API, what Next serves, and files with an ending. */
const isPage = (path: string) => !/^\/(api|_next)(\/|$)/.test(path) && !/\.[a-z0-9]+$/i.test(path)

/** The address to come back to, without what Next adds for its own fetches. */
const callbackOf = ({ pathname, searchParams }: URL): string => {
  const query = new URLSearchParams(searchParams)
  query.delete('_rsc')
  return query.size === 0 ? pathname : `${pathname}?${query}`
}

/** Sends people without a cookie to sign-in. A courtesy, not the lock: every handler authorises for itself. */
const signInRedirect = (request: NextRequest, publicUrl: string): NextResponse | null => {
  const { pathname } = request.nextUrl
  if (!isPage(pathname) || pathname === routes.signIn() || request.cookies.has(sessionCookieName)) return null
  const callbackUrl = callbackOf(request.nextUrl)
  const target = routes.signIn(callbackUrl === routes.home() ? {} : { callbackUrl })
  return NextResponse.redirect(new URL(target, publicUrl))
}

/** Puts the security headers on every answer, and a fresh nonce into each page. Runs for files as well. */
export const proxy = (request: NextRequest): NextResponse => {
  const { publicUrl, isPublicUrlSecure, isProduction } = env()
  const options = { nonce: newNonce(), isSecure: isPublicUrlSecure, isDevelopment: !isProduction }
  const headers = new Headers(request.headers)
  headers.set('x-nonce', options.nonce)
  // Next takes the nonce for its own scripts out of the policy that it finds in the request.
  headers.set('content-security-policy', contentSecurityPolicy(options))
  const response = signInRedirect(request, publicUrl) ?? NextResponse.next({ request: { headers } })
  for (const [name, value] of Object.entries(securityHeaders(options))) response.headers.set(name, value)
  return response
}
