import { peerHeader } from '@/lib/http/address'
import { getServer, type Server } from '@/lib/server'
import { makeDataDir } from './database'
import { removeDir } from './remove-dir'

export const publicUrl = 'http://localhost:3000'

export type AppSettings = { spotApiUrl: string; settings?: Record<string, string> }
export type TestApp = { server: Server; dataDir: string; close: () => Promise<void> }

let isTaken = false

/** The server of this test file over an embedded database of its own. There is one in a process, so the file is named in vitest.config.ts among those that have one to themselves. */
export const startApp = async ({ spotApiUrl, settings = {} }: AppSettings): Promise<TestApp> => {
  if (isTaken) throw new Error('Another test file has started the app in this process: add this one to overTheApp in vitest.config.ts.')
  isTaken = true
  const dataDir = await makeDataDir()
  Object.assign(process.env, {
    NEXTAUTH_SECRET: 'k7Zq2vX9-test-only-b4Lw8RtYp1Nd6Hs3',
    NEXTAUTH_URL: publicUrl,
    SPOT_API_URL: spotApiUrl,
    SLIPWAY_DATA_DIR: dataDir,
    SLIPWAY_LOG_LEVEL: 'silent',
    ...settings,
  })
  const server = getServer()
  return {
    server,
    dataDir,
    close: async () => {
      await server.shutdown()
      await removeDir(dataDir)
    },
  }
}

type Handler = (request: Request, args: { params: Promise<Record<string, string | string[] | undefined>> }) => Promise<Response>
export type CallOptions = {
  method?: string
  path?: string
  params?: Record<string, string | string[]>
  cookie?: string
  body?: unknown
  headers?: Record<string, string>
}

/** Calls a route handler as Next would, with the headers that a browser sends from one of our own pages. */
export const call = (handler: Handler, { method = 'GET', path: at = '/api', params = {}, cookie, body, headers = {} }: CallOptions = {}): Promise<Response> => {
  const own: Record<string, string> = { ...(cookie === undefined ? {} : { cookie }), ...(method === 'GET' ? {} : { origin: publicUrl, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }) }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const request = new Request(`${publicUrl}${at}`, { method, headers: { ...own, ...headers }, ...(body === undefined ? {} : { body: text }) })
  return handler(request, { params: Promise.resolve(params) })
}

const cookieHeader = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

export type SignInForm = { token?: string; accountId?: string; displayName?: string }
export type SignInOptions = { cookie?: string; address?: string; headers?: Record<string, string> }

/** Signs in as a browser does: the csrf token first, then the form. */
export const signIn = async (auth: Handler, form: SignInForm = {}, { cookie = '', address = '192.0.2.1', headers = {} }: SignInOptions = {}): Promise<Response> => {
  const csrf = await call(auth, { path: '/api/auth/csrf', params: { nextauth: ['csrf'] } })
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const fields = { token: 'demo-token', accountId: 'act-demo0001', displayName: 'Ada', ...form, csrfToken, json: 'true', callbackUrl: '/clusters' }
  return call(auth, {
    method: 'POST',
    path: '/api/auth/callback/credentials',
    params: { nextauth: ['callback', 'credentials'] },
    cookie: [cookieHeader(csrf), cookie].filter((part) => part !== '').join('; '),
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', [peerHeader]: address, ...headers },
  })
}

/** The cookie header of someone who has signed in. */
export const signedInCookie = async (auth: Handler, form: SignInForm = {}): Promise<string> => {
  const response = await signIn(auth, form)
  if (response.status !== 200) throw new Error(`Sign-in failed: ${await response.text()}`)
  return cookieHeader(response)
}
