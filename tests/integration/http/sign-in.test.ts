import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GET as auth, POST as authPost } from '@/app/api/auth/[...nextauth]/route'
import { DELETE as endSession, GET as getSession } from '@/app/api/session/route'
import { POST as findAccounts } from '@/app/api/sign-in/accounts/route'
import { sessionAnswer } from '@/lib/contract/session'
import { sessions } from '@/lib/db/schema/sessions'
import { signInAttempts } from '@/lib/db/schema/sign-in-attempts'
import { peerHeader } from '@/lib/http/address'
import { call, publicUrl, signedInCookie, signIn, startApp, type TestApp } from '@/tests/support/app'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'

let simulator: TestSimulator
let app: TestApp

beforeAll(async () => {
  simulator = await startSimulator({ nodes: 6 })
  app = await startApp({ spotApiUrl: simulator.baseUrl })
})

afterAll(async () => {
  await app?.close()
  await simulator?.close()
})

beforeEach(async () => {
  await simulator.admin.clearFaults()
  await (await app.server.database()).db.delete(signInAttempts)
})

const sessionCookieOf = (response: Response) => response.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-slipway.session='))
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const rows = async () => (await app.server.database()).db.select().from(sessions)

describe('signing in', () => {
  it('gives a cookie with every attribute that narrows it, and nothing but a sealed id in it', async () => {
    const response = await signIn(auth)
    expect(await response.json()).toEqual({ url: `${publicUrl}/clusters` })
    const cookie = sessionCookieOf(response) ?? ''
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(attribute)
    expect(cookie).not.toContain('Domain')
    expect(cookie).not.toContain('demo-token')
    for (const each of response.headers.getSetCookie()) {
      expect(each).toMatch(/^__Host-/)
      expect(each.length).toBeLessThan(4096)
    }
  })

  it('shows who is signed in, and not with what', async () => {
    const response = await call(getSession, { cookie: await signedInCookie(auth) })
    const text = await response.text()
    expect(sessionAnswer.strict().parse(JSON.parse(text))).toMatchObject({ accountId: 'act-demo0001', accountName: 'Demo', displayName: 'Ada', isSimulator: true, database: 'embedded' })
    expect(text).not.toContain('demo-token')
  })

  it('stores the token sealed, and the id as a hash', async () => {
    const cookie = await signedInCookie(auth)
    const stored = JSON.stringify(await rows())
    expect(stored).not.toContain('demo-token')
    expect(cookie).not.toContain((await rows())[0]?.id)
  })

  it.each([
    ['a wrong token', { token: 'wrong-token' }, 'token_rejected', 401],
    ['an expired token', { token: 'expired-token' }, 'token_rejected', 401],
    ['a malformed account', { accountId: 'demo' }, 'invalid_input', 400],
    ['no name', { displayName: ' ' }, 'invalid_input', 400],
  ])('refuses %s with its own code and sets no session', async (_, form, code, status) => {
    const response = await signIn(auth, form)
    expect(response.status).toBe(status)
    expect(sessionCookieOf(response)).toBeUndefined()
    expect(await response.json()).toMatchObject({ code, url: `${publicUrl}/?error=${code}` })
  })

  it('says when Spot is down, and counts that against nobody', async () => {
    await simulator.admin.fault({ effect: { kind: 'status', status: 501 } })
    for (let tries = 0; tries < 3; tries += 1) expect(await codeOf(await signIn(auth))).toBe('upstream_failed')
    await simulator.admin.clearFaults()
    expect((await signIn(auth)).status).toBe(200)
  })

  it('ends the session that the browser came with', async () => {
    const former = await signedInCookie(auth)
    const response = await signIn(auth, {}, { cookie: former })
    expect(response.status).toBe(200)
    expect(await codeOf(await call(getSession, { cookie: former }))).toBe('not_signed_in')
  })

  it('ignores an id that the browser brought along', async () => {
    const planted = '__Host-slipway.session=planted'
    const response = await signIn(auth, {}, { cookie: planted })
    expect(sessionCookieOf(response)).not.toContain('planted')
  })

  it('needs the csrf token and our own origin', async () => {
    const credentials = { method: 'POST', path: '/api/auth/callback/credentials', params: { nextauth: ['callback', 'credentials'] }, body: 'token=demo-token&accountId=act-demo0001&displayName=Eve&json=true' }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const withoutCsrf = await call(authPost, { ...credentials, headers: form })
    expect(sessionCookieOf(withoutCsrf)).toBeUndefined()
    expect(await codeOf(withoutCsrf)).toBe('cross_site_request')
    expect(await codeOf(await call(authPost, { ...credentials, headers: { ...form, origin: 'https://evil.example' } }))).toBe('cross_site_request')
  })

  it.each(['session', 'signout', 'signin', 'error', '_log', 'verify-request'])('has no %s route of next-auth', async (action) => {
    expect((await call(auth, { path: `/api/auth/${action}`, params: { nextauth: [action] } })).status).toBe(404)
    expect((await call(authPost, { method: 'POST', path: `/api/auth/${action}`, params: { nextauth: [action] }, body: {} })).status).toBe(404)
  })

  it('is not led elsewhere by host headers', async () => {
    const response = await signIn(auth, {}, { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' } })
    expect(await response.json()).toEqual({ url: `${publicUrl}/clusters` })
  })
})

describe('finding accounts', () => {
  const ask = (token: string) => call(findAccounts, { method: 'POST', body: { token }, headers: { [peerHeader]: '192.0.2.9' } })

  it('lists those of the token, and lets the id be typed where it may not list them', async () => {
    expect(await (await ask('demo-token')).json()).toMatchObject({ canList: true, accounts: expect.arrayContaining([{ accountId: 'act-demo0001', name: 'Demo' }]) })
    expect(await (await ask('limited-token')).json()).toEqual({ canList: false, accounts: [] })
  })

  it.each([403, 404])('lets the id be typed where Spot answers the list with %s', async (status) => {
    await simulator.admin.fault({ pathContains: '/setup/account', effect: { kind: 'status', status } })
    expect(await (await ask('demo-token')).json()).toEqual({ canList: false, accounts: [] })
    expect((await signIn(auth)).status).toBe(200)
  })

  it('that fails for Spot’s sake keeps nobody out who types the account', async () => {
    // What was read before would answer in its stead.
    app.server.transport.forgetToken('demo-token')
    await simulator.admin.fault({ pathContains: '/setup/account', times: 100, effect: { kind: 'status', status: 503 } })
    expect(await codeOf(await ask('demo-token'))).toBe('upstream_failed')
    expect((await signIn(auth)).status).toBe(200)
  })

  it('tells a wrong token', async () => {
    expect(await codeOf(await ask('wrong-token'))).toBe('token_rejected')
  })
})

describe('guessing', () => {
  it('ends after ten failures, whatever the client says about its address, and does not ask Spot any more', async () => {
    for (let tries = 0; tries < 10; tries += 1)
      expect((await signIn(auth, { token: `guess-${tries}` }, { address: '192.0.2.50', headers: { 'x-forwarded-for': `198.51.100.${tries}` } })).status).toBe(401)
    await simulator.admin.clearJournal()
    const refused = await signIn(auth, { token: 'guess-11' }, { address: '192.0.2.50' })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500)
    expect(await refused.json()).toMatchObject({ code: 'too_many_attempts' })
    expect(await simulator.admin.journal()).toEqual([])
    expect((await signIn(auth, {}, { address: '192.0.2.51' })).status).toBe(200)
  })

  it('of one token is counted from every address', async () => {
    for (let tries = 0; tries < 10; tries += 1) await signIn(auth, { token: 'shared-guess' }, { address: `192.0.2.${100 + tries}` })
    expect((await signIn(auth, { token: 'shared-guess' }, { address: '192.0.2.200' })).status).toBe(429)
  })

  it('cannot slip through by trying all at once', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => signIn(auth, { token: `burst-${index}` }, { address: '192.0.2.60' })))
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10)
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true)
  })

  it('is not charged to those who succeed', async () => {
    for (let tries = 0; tries < 15; tries += 1) expect((await signIn(auth, {}, { address: '192.0.2.70' })).status).toBe(200)
  })
})

describe('a session', () => {
  const over = async (change: Partial<typeof sessions.$inferInsert>) => {
    const cookie = await signedInCookie(auth)
    const { db } = await app.server.database()
    await db.update(sessions).set(change)
    return codeOf(await call(getSession, { cookie }))
  }

  it('ends when it was idle, and when it is old, by the server’s own record', async () => {
    expect(await over({ lastSeenAt: new Date(Date.now() - 61 * 60_000) })).toBe('not_signed_in')
    expect(await over({ expiresAt: new Date(Date.now() - 1000) })).toBe('not_signed_in')
  })

  it('whose sealed token was copied from another row opens nothing', async () => {
    await signedInCookie(auth)
    const [other] = await rows()
    expect(await over({ sealedToken: other?.sealedToken })).toBe('not_signed_in')
  })

  it.each([
    ['no cookie', () => undefined],
    ['garbage', () => '__Host-slipway.session=garbage'],
    ['a changed cookie', (good: string) => good.replace(/(session=[^;]{40})[^;]{6}/, '$1AAAAAA')],
    ['the cookie without its prefix', (good: string) => good.replaceAll('__Host-', '')],
  ])('is not opened by %s', async (_, make) => {
    const cookie = make(await signedInCookie(auth))
    expect(await codeOf(await call(getSession, { ...(cookie === undefined ? {} : { cookie }) }))).toBe('not_signed_in')
  })

  it('is over after sign-out: neither the cookie nor its value as a bearer opens it', async () => {
    const cookie = await signedInCookie(auth)
    const out = await call(endSession, { method: 'DELETE', cookie })
    expect(await out.json()).toEqual({ signedOut: true })
    expect(sessionCookieOf(out)).toContain('Max-Age=0')
    expect(await codeOf(await call(getSession, { cookie }))).toBe('not_signed_in')
    const value = /session=([^;]+)/.exec(cookie)?.[1] ?? ''
    expect(await codeOf(await call(getSession, { headers: { authorization: `Bearer ${value}` } }))).toBe('not_signed_in')
  })

  it('that is alive is not opened by its cookie value as a bearer either', async () => {
    const value = /session=([^;]+)/.exec(await signedInCookie(auth))?.[1] ?? ''
    expect(await codeOf(await call(getSession, { headers: { authorization: `Bearer ${value}` } }))).toBe('not_signed_in')
  })

  it('is not ended by another site', async () => {
    const cookie = await signedInCookie(auth)
    expect(await codeOf(await call(endSession, { method: 'DELETE', cookie, headers: { origin: 'https://evil.example' } }))).toBe('cross_site_request')
    expect(await codeOf(await call(endSession, { method: 'DELETE', cookie, headers: { 'sec-fetch-site': 'cross-site' } }))).toBe('cross_site_request')
    expect((await call(getSession, { cookie })).status).toBe(200)
  })
})
