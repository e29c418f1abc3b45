import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from '@/lib/http/headers'

const options = { nonce: 'bm9uY2U=', isSecure: true, isDevelopment: false }

const directives = (policy: string) => new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))

describe('the content security policy', () => {
  const policy = directives(contentSecurityPolicy(options))

  it('runs scripts by nonce only: nothing inline and no eval', () => {
    expect(policy.get('script-src')).toEqual(["'nonce-bm9uY2U='", "'strict-dynamic'"])
  })

  it('allows inline style in attributes and nowhere else', () => {
    expect(policy.get('style-src')).not.toContain("'unsafe-inline'")
    expect(policy.get('style-src-attr')).toEqual(["'unsafe-inline'"])
  })

  it('lets a page talk to its own origin, embed nothing and be embedded nowhere', () => {
    for (const name of ['object-src', 'base-uri', 'frame-ancestors', 'default-src']) expect(policy.get(name), name).toEqual(["'none'"])
    for (const name of ['connect-src', 'form-action', 'font-src', 'worker-src']) expect(policy.get(name), name).toEqual(["'self'"])
  })

  it('is relaxed for the development server alone', () => {
    expect(contentSecurityPolicy({ ...options, isDevelopment: true })).toContain("'unsafe-eval'")
  })
})

describe('the headers of every answer', () => {
  it('keep browsers on https for at least a year, when the address is https', () => {
    const maxAge = Number(/max-age=(\d+)/.exec(securityHeaders(options)['Strict-Transport-Security'] ?? '')?.[1])
    expect(maxAge).toBeGreaterThanOrEqual(31_536_000)
    expect(securityHeaders({ ...options, isSecure: false })).not.toHaveProperty('Strict-Transport-Security')
  })

  it('name every door that is shut', () => {
    expect(securityHeaders(options)).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    })
  })
})
