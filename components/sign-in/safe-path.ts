const fallbackBase = 'http://slipway.invalid'

/** An address to return to after the sign-in: a path on this site, and nothing that a browser reads as another one. */
export const safePath = (callbackUrl: string | undefined, fallback: string): string => {
  if (callbackUrl === undefined || !/^\/(?![/\\])/.test(callbackUrl) || /[\u0000-\u001f\\]/.test(callbackUrl)) return fallback
  const url = new URL(callbackUrl, fallbackBase)
  return url.origin === fallbackBase ? `${url.pathname}${url.search}` : fallback
}
