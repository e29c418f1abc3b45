import { SpotError } from './errors'
import { callName, spotRoutes, type SpotRoute } from './routes'

/** Where every call goes: fixed at start, never from a user's input. */
export type Base = { origin: string; prefix: string }

/** Splits the configured address. Throws on anything but plain http(s), and on credentials, query or fragment. */
export const parseBaseUrl = (text: string): Base => {
  const url = new URL(text)
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (!isPlain || !['http:', 'https:'].includes(url.protocol))
    throw new Error('The Spot API address must be http(s)://host[:port][/prefix], without credentials, query or fragment.')
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '') }
}

/**
 * Path and query of a call: the route's template filled with encoded ids. Ids are checked by their schemas
 * before; what comes out is parsed again all the same and refused unless it is still the very same path below
 * the configured origin and prefix.
 */
export const targetOf = (base: Base, route: SpotRoute, ids: Record<string, string>, query: Record<string, string>): string => {
  const path = base.prefix + spotRoutes[route].path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''))
  const url = new URL(path, base.origin)
  const isSafe = url.origin === base.origin && url.pathname === path && !/\/\/|\/$|\/\.|%2f|%5c/i.test(path.slice(base.prefix.length))
  if (!isSafe) throw new SpotError('invalid', { wasSent: 'no', call: callName(route) })
  const search = new URLSearchParams(query).toString()
  return search === '' ? path : `${path}?${search}`
}
