import { readdirSync, readFileSync } from 'node:fs'
import { request as rawRequest } from 'node:http'
import path from 'node:path'
import { request, type APIRequestContext, type APIResponse } from '@playwright/test'
import type { Stack } from './support/stack'
import { expect, test } from './support/test'

const apiFolder = path.resolve(import.meta.dirname, '../../app/api')
const open = new Set(['/api/auth/[...nextauth]', '/api/sign-in/accounts', '/api/health', '/api/ready', '/api/metrics'])

type Door = { address: string; method: string }

/** Every method of every route file, with ids that look right. */
const doors = (): Door[] =>
  readdirSync(apiFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts')
    .flatMap((file) => {
      const route = `/api/${path.dirname(file).split(path.sep).join('/')}`
      const text = readFileSync(path.join(apiFolder, file), 'utf8')
      const methods = [...text.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)].map(([, method]) => method ?? '')
      return open.has(route) ? [] : methods.map((method) => ({ method, address: filled(route) }))
    })

const filled = (route: string) =>
  route
    .replace('[clusterId]', 'o-demo0001')
    .replace('[migrationId]', 'scr-1a2b3c4d')
    .replace(/\[\w+\]/g, '7f9c24e5-2d1b-4a6e-9c3f-0b8d5e7a1f42')

let stack: Stack
let api: APIRequestContext

test.use({ stackName: 'security' })

test.beforeAll(async ({ stack: own }) => {
  stack = own
  api = await request.newContext({ baseURL: stack.url, maxRedirects: 0 })
})

test.afterAll(async () => {
  await api?.dispose()
})

const knock = ({ method, address }: Door, headers: Record<string, string> = {}): Promise<APIResponse> => {
  const own: Record<string, string> = method === 'GET' ? {} : { origin: stack.url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
  return api.fetch(address, { method, headers: { ...own, ...headers }, ...(method === 'GET' ? {} : { data: '{}' }) })
}

const bypasses: Record<string, string>[] = [
  { cookie: '__Host-slipway.session=tampered' },
  { cookie: 'slipway.session=tampered; next-auth.session-token=tampered' },
  { authorization: 'Bearer demo-token' },
  { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware' },
  { 'x-forwarded-host': 'evil.example', 'x-http-method-override': 'GET' },
]

test('no route but the open four answers someone without a session', async () => {
  const all = doors()
  expect(all.length).toBeGreaterThan(10)
  for (const door of all)
    for (const headers of [{}, ...bypasses]) {
      const response = await knock(door, headers)
      expect(response.status(), `${door.method} ${door.address} ${JSON.stringify(headers)}`).toBe(401)
      expect(await response.json()).toMatchObject({ code: 'not_signed_in' })
    }
})

test('no write from another site reaches a verb', async () => {
  const foreign: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]
  for (const door of doors().filter(({ method }) => method !== 'GET'))
    for (const headers of foreign) expect((await knock(door, headers)).status(), `${door.method} ${door.address}`).toBe(403)
})

test('every answer carries the security headers: pages, redirects, errors, files and data', async () => {
  const page = await api.get('/sign-in')
  const script = /\/_next\/static\/[^"']+\.js/.exec(await page.text())?.[0] ?? ''
  const addresses = ['/sign-in', '/', '/clusters', '/api/health', '/api/clusters', '/api/nowhere', '/_next/static/nothing.js', '/nothing.txt', script]
  for (const address of addresses) {
    const headers = (await api.get(address)).headers()
    expect(headers, address).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
    expect(headers['content-security-policy'], address).toContain("'strict-dynamic'")
    expect(headers['content-security-policy'], address).not.toMatch(/script-src[^;]*'unsafe-/)
    expect(headers, address).not.toHaveProperty('x-powered-by')
  }
})

test('each page has a nonce of its own, and its scripts carry it', async () => {
  const nonces = new Set<string>()
  for (let visit = 0; visit < 3; visit += 1) {
    const page = await api.get('/sign-in')
    const nonce = /'nonce-([^']+)'/.exec(page.headers()['content-security-policy'] ?? '')?.[1] ?? ''
    const scripts = [...(await page.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
    expect(scripts.length).toBeGreaterThan(0)
    for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`)
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(3)
})

test('a signed-out page leads to sign-in on our own origin, whatever the host header says', async () => {
  const location = await new Promise<string | undefined>((resolve, reject) => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
    rawRequest(`${stack.url}/clusters/o-demo0001/nodes?pool=a`, { headers }, (answer) => {
      answer.resume()
      resolve(answer.headers.location)
    })
      .on('error', reject)
      .end()
  })
  const target = new URL(location ?? '', stack.url)
  expect(target.origin).toBe(stack.url)
  expect(target.searchParams.get('callbackUrl')).toBe('/clusters/o-demo0001/nodes?pool=a')
})

test('what other servers have been entered by is shut', async () => {
  expect((await api.get('/_next/image?url=/x.svg&w=64&q=75')).status()).toBe(404)
  const action = await api.post('/sign-in', { headers: { 'next-action': '7f9c24e52d1b4a6e9c3f0b8d5e7a1f4200000000', origin: stack.url }, data: '[]' })
  expect(action.status()).toBeGreaterThanOrEqual(400)
  const fetches: Record<string, string>[] = [{ rsc: '1' }, { rsc: '1', 'next-router-prefetch': '1' }]
  for (const headers of fetches) {
    const response = await api.get('/clusters/o-demo0001/nodes?_rsc=abc', { headers })
    expect(response.status()).toBe(307)
    expect(await response.text()).not.toContain('aks-')
  }
})

test('a body of 10 MB is refused before it is looked at', async () => {
  const response = await api.post('/api/sign-in/accounts', { headers: { origin: stack.url, 'content-type': 'application/json' }, data: `{"token":"${'x'.repeat(10 * 1024 * 1024)}"}` })
  expect(response.status()).toBe(413)
})

test('a large answer is compressed on the wire and readable in the browser', async ({ page }) => {
  await page.goto(`${stack.url}/sign-in`)
  const rows = await page.evaluate(async () => {
    const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
    const form = new URLSearchParams({ token: 'demo-token', accountId: 'act-demo0001', displayName: 'Ada', csrfToken, json: 'true' })
    await fetch('/api/auth/callback/credentials', { method: 'POST', body: form })
    const response = await fetch('/api/clusters/o-demo0001/nodes')
    const { nodes } = (await response.json()) as { nodes: unknown[] }
    return { encoding: response.headers.get('content-encoding'), count: nodes.length }
  })
  expect(rows.encoding).toBe('gzip')
  expect(rows.count).toBeGreaterThan(0)
})

test('guessing tokens ends with a wait, which no header of the client resets, and the page says so', async ({ page }) => {
  const statuses = []
  for (let tries = 0; tries < 14; tries += 1) {
    const headers = { origin: stack.url, 'x-forwarded-for': `198.51.100.${tries}`, 'x-slipway-peer': `198.51.100.${tries}` }
    const response = await api.post('/api/sign-in/accounts', { headers, data: { token: `guess-${tries}` } })
    statuses.push(response.status())
    if (response.status() === 429) expect(Number(response.headers()['retry-after'])).toBeGreaterThan(0)
  }
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401))
  expect(statuses.slice(10)).toEqual([429, 429, 429, 429])
  await page.goto(`${stack.url}/sign-in`)
  await page.getByLabel('Spot API token').fill('demo-token')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Too many attempts. Sign-in from this address, or with this token, is paused. Wait ten minutes before the next try.' })).toBeVisible()
})
