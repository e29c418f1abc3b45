import { describe, expect, it } from 'vitest'
import { safeCallbackUrl } from '@/lib/auth/options'
import { cookieOf, hashSessionId, newSessionId, openSessionCookie, sealSessionId, sessionIdOf } from '@/lib/auth/session-cookie'

const [first, second, third] = ['a', 'b', 'c'].map((letter) => `${letter}-9f2c7e51d04b8a63-${letter.repeat(4)}`) as [string, string, string]
const hour = 3600
const open = async (secrets: [string, ...string[]], value: string) => sessionIdOf(await openSessionCookie({ secrets }, value))

describe('the session cookie', () => {
  it('holds the opaque id and opens with its secret only', async () => {
    const id = newSessionId()
    const sealed = await sealSessionId({ secrets: [first] }, { sid: id }, hour)
    expect(sealed).not.toContain(id)
    expect(sealed.length).toBeLessThan(512)
    expect(await open([first], sealed)).toBe(id)
    expect(await open([second], sealed)).toBeNull()
  })

  it('survives a rotation of the secret until the old one is taken away', async () => {
    const sealed = await sealSessionId({ secrets: [first] }, { sid: 'id' }, hour)
    expect(await open([second, first], sealed)).toBe('id')
    expect(await open([third, second], sealed)).toBeNull()
  })

  it('is refused when one character was changed, when it is garbage, and when it is over', async () => {
    const sealed = await sealSessionId({ secrets: [first] }, { sid: 'id' }, hour)
    const at = sealed.length - 8
    const flipped = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    for (const value of [flipped, '', 'x', '%E0%A4%A', `${sealed}.${sealed}`, await sealSessionId({ secrets: [first] }, { sid: 'id' }, -60)])
      expect(await open([first], value), value).toBeNull()
  })

  it('carries nothing but the id, whatever stands in the token', async () => {
    const sealed = await sealSessionId({ secrets: [first] }, { sid: 'id', name: 'x', role: 'admin' }, hour)
    const token = await openSessionCookie({ secrets: [first] }, sealed)
    expect(Object.keys(token ?? {}).toSorted()).toEqual(['exp', 'iat', 'jti', 'sid'])
  })

  it('is found by its exact name', () => {
    const headers = new Headers({ cookie: 'a-slipway=no; __Host-slipway.session=yes=; x__Host-slipway.session=no; broken' })
    expect(cookieOf({ headers }, '__Host-slipway.session')).toBe('yes=')
    expect(cookieOf({ headers }, 'missing')).toBeUndefined()
  })

  it('names a row by a hash that does not give the id away', () => {
    const id = newSessionId()
    expect(Buffer.from(id, 'base64url')).toHaveLength(32)
    expect(hashSessionId(id)).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('where to go after sign-in', () => {
  const own = 'https://slipway.example.com'

  it.each(['//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example', 'javascript:alert(1)', 'https://slipway.example.com.evil.example', 'data:text/html,x', 'http://slipway.example.com/', '\t//evil.example'])(
    'is home instead of %j',
    (url) => expect(safeCallbackUrl(url, own)).toBe(own),
  )

  it('is the page a person came from', () => {
    expect(safeCallbackUrl('/clusters/o-1/nodes?pool=a', own)).toBe(`${own}/clusters/o-1/nodes?pool=a`)
    expect(safeCallbackUrl(`${own}/clusters`, own)).toBe(`${own}/clusters`)
  })
})
