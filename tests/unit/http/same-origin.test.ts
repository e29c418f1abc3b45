import { describe, expect, it } from 'vitest'
import { requireSameOrigin } from '@/lib/http/same-origin'

const own = 'https://slipway.example.com'
const check = (headers: Record<string, string>) => () => requireSameOrigin({ headers: new Headers(headers) }, own)

describe('a write from another site', () => {
  it.each([
    ['without an origin', {}],
    ['with a null origin', { origin: 'null' }],
    ['from another host', { origin: 'https://evil.example' }],
    ['from the same host on http', { origin: 'http://slipway.example.com' }],
    ['from a host that begins alike', { origin: `${own}.evil.example` }],
    ['from a sibling subdomain', { origin: own, 'sec-fetch-site': 'same-site' }],
    ['that the browser marks as cross-site', { origin: own, 'sec-fetch-site': 'cross-site' }],
    ['that was typed or bookmarked', { origin: own, 'sec-fetch-site': 'none' }],
    ['whose host header agrees with its origin', { origin: 'https://evil.example', host: 'evil.example' }],
  ])('is refused %s', (_, headers) => {
    expect(check(headers)).toThrow(expect.objectContaining({ code: 'cross_site_request' }))
  })

  it('is told apart from one of our own pages', () => {
    expect(check({ origin: own, 'sec-fetch-site': 'same-origin' })).not.toThrow()
    expect(check({ origin: own })).not.toThrow()
  })
})
