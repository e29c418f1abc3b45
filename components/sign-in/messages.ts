import { errorCatalog, isErrorCode, type ErrorCode } from '@/lib/errors'
import type { ShownError } from '@/components/ui/states'

const sentences: Partial<Record<ErrorCode, string>> = {
  token_rejected: 'Check that it was copied whole and has not expired or been revoked.',
  token_not_permitted: 'The token is valid but may not read this account. Check the account id, or use a token with at least viewer rights on it.',
  upstream_unavailable: 'The token was not checked. Try again in a moment.',
  upstream_failed: 'The fault is Spot’s own, and the token was not checked. Try again in a minute.',
  upstream_unreadable: 'It was not a whole answer of the Spot API, so the token was not checked. Try again; if it stays so, check the address in SPOT_API_URL and what stands between it and Slipway.',
  upstream_rejected: 'The token was not checked. Check the account id.',
  not_found: 'Spot does not know this account. Check the account id.',
  too_many_attempts: 'Sign-in from this address, or with this token, is paused. Wait ten minutes before the next try.',
  invalid_input: 'Check the token, the account id and the name.',
  upstream_rate_limited: 'The organisation has used up its API calls for this minute. Try again shortly.',
  storage_unavailable: 'Sessions cannot be stored now. Try again in a moment.',
  storage_full: 'Sessions cannot be stored, because the database is full. Make room on it, then try again.',
  cross_site_request: 'Open Slipway at its own address and sign in there.',
}

/** The code that next-auth hands back, as words. Anything it does not know is a fault of ours. */
export const signInError = (code: string | null | undefined): ShownError => {
  const known = isErrorCode(code) ? code : 'internal'
  return { title: errorCatalog[known].title, detail: sentences[known] ?? 'The sign-in failed for a reason that is in the server log. Try again.' }
}
