import type { IncomingMessage } from 'node:http'
import { accounts, principals, type Principal } from './people'

const tokenOf = (request: IncomingMessage): string | null => /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null

/** Who asks; null for a token that is missing, unknown or taken away. */
export const principalOf = (request: IncomingMessage, revoked: ReadonlySet<string>): Principal | null => {
  const token = tokenOf(request)
  if (token === null || revoked.has(token) || !Object.hasOwn(principals, token)) return null
  return principals[token] ?? null
}

/** A call without an account works on the oldest one (Spot API, "Authentication"); null where the token has no access. */
export const accountOf = (principal: Principal, query: URLSearchParams): string | null => {
  const asked = query.get('accountId')
  if (asked === null) return accounts.find(({ accountId }) => principal.accountIds.includes(accountId))?.accountId ?? null
  return principal.accountIds.includes(asked) ? asked : null
}
