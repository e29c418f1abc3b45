/** The headers that stand on every answer. Pure, so that the proxy may import it. */

export type HeaderOptions = {
  nonce: string
  /** The public address is https: browsers are told to stay there. */
  isSecure: boolean
  /** The development server evaluates code and uses a socket. */
  isDevelopment: boolean
}

/**
 * The content security policy of a page. Scripts run by nonce only; `style=` attributes are allowed
 * because virtual rows are placed by them, style elements by nonce.
 */
export const contentSecurityPolicy = ({ nonce, isDevelopment }: Pick<HeaderOptions, 'nonce' | 'isDevelopment'>): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    // Rehearsals run beside the page, from a file of our own and never from text made in the page.
    "worker-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

const always: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const twoYearsSeconds = 63_072_000

export const securityHeaders = (options: HeaderOptions): Record<string, string> => ({
  ...always,
  'Content-Security-Policy': contentSecurityPolicy(options),
  ...(options.isSecure ? { 'Strict-Transport-Security': `max-age=${twoYearsSeconds}; includeSubDomains` } : {}),
})
