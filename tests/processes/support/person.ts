import type { z } from 'zod'
import type { LaunchRequest } from '@/lib/contract/launch'
import { launchAnswer, type LaunchAnswer } from '@/lib/contract/launch-answer'
import { problem } from '@/lib/contract/problem'
import { runRecord, runsAnswer } from '@/lib/contract/run'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import { readStream } from '@/tests/integration/live/support/events'
import { reviewedLaunch } from '@/tests/support/reviewed-launch'
import { publicUrl, type ServerProcess } from './server'

type Answer = { status: number; body: unknown }
type Where = Pick<ServerProcess, 'url'>

/** What a launch came to for the one who asked: an answer, or a refusal. */
export type Told = { kind: 'answer'; answer: LaunchAnswer } | { kind: 'refused'; problem: z.infer<typeof problem> }

export type Person = {
  name: string
  /** What this person sends who has reviewed these nodes on that server. */
  review: (server: Where, clusterId: string, nodeNames: readonly string[]) => Promise<LaunchRequest>
  launch: (server: Where, clusterId: string, request: LaunchRequest) => Promise<Told>
  launchState: (server: Where, clusterId: string, launchId: string) => Promise<LaunchAnswer>
  runs: (server: Where, clusterId: string) => Promise<z.infer<typeof runsAnswer>['runs']>
  record: (server: Where, clusterId: string, migrationId: string) => Promise<z.infer<typeof runRecord>>
  stream: (server: Where, clusterId: string, migrationId: string) => Promise<ReturnType<typeof readStream>>
  signOut: (server: Where) => Promise<void>
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

const ownPage = { origin: publicUrl, 'sec-fetch-site': 'same-origin' }

/** Fills the sign-in form of one server; the session holds on every server of the same database. */
const sessionOn = async ({ url }: Where, fields: Record<string, string>): Promise<string> => {
  const csrf = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { ...ownPage, 'content-type': 'application/x-www-form-urlencoded', cookie: cookiesOf(csrf) },
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true', callbackUrl: '/clusters' }),
  })
  if (!response.ok) throw new Error(`Sign-in: ${response.status} ${await response.text()}`)
  return cookiesOf(response)
}

type Identity = { name?: string; token?: string; accountId?: string }

export const signIn = async (server: Where, { name = 'Ada', token = 'demo-token', accountId = 'act-demo0001' }: Identity = {}): Promise<Person> => {
  const cookie = await sessionOn(server, { token, accountId, displayName: name })
  const ask = async ({ url }: Where, path: string, body?: unknown): Promise<Answer> => {
    const write = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${url}${path}`, { ...write, headers: { ...ownPage, 'content-type': 'application/json', cookie } })
    return { status: response.status, body: await response.json() }
  }
  const read = async <Schema extends z.ZodType>(schema: Schema, server: Where, path: string): Promise<z.output<Schema>> => {
    const { status, body } = await ask(server, path)
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
    return schema.parse(body)
  }
  const runPath = (clusterId: string, migrationId: string) => `/api/clusters/${clusterId}/migrations/${migrationId}`
  return {
    name,
    review: (on, clusterId, nodeNames) =>
      reviewedLaunch(async (path) => (await ask(on, path)).body, clusterId, {
        nodeNames: [...nodeNames],
        options: { ...defaultMigrationOptions, batchSizePercentage: 50 },
        comment: 'web tier, wave 1',
      }),
    launch: async (on, clusterId, request) => {
      const { status, body } = await ask(on, `/api/clusters/${clusterId}/launches`, request)
      return status === 200 ? { kind: 'answer', answer: launchAnswer.parse(body) } : { kind: 'refused', problem: problem.parse(body) }
    },
    launchState: (on, clusterId, launchId) => read(launchAnswer, on, `/api/clusters/${clusterId}/launches/${launchId}`),
    runs: async (on, clusterId) => (await read(runsAnswer, on, `/api/clusters/${clusterId}/migrations`)).runs,
    record: (on, clusterId, migrationId) => read(runRecord, on, runPath(clusterId, migrationId)),
    stream: async (on, clusterId, migrationId) => {
      const { body, status } = await fetch(`${on.url}${runPath(clusterId, migrationId)}/stream`, { headers: { cookie } })
      if (body === null || status !== 200) throw new Error(`The stream answered ${status}.`)
      const stream = readStream(body)
      // A stream of a server that is killed breaks off; who waits for its end is told.
      stream.done.catch(() => {})
      return stream
    },
    signOut: async (on) => {
      const { ok, status } = await fetch(`${on.url}/api/session`, { method: 'DELETE', headers: { ...ownPage, 'content-type': 'application/json', cookie } })
      if (!ok) throw new Error(`Sign-out: ${status}`)
    },
  }
}
