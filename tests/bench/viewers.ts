import { randomUUID } from 'node:crypto'
import { request, type ClientRequest } from 'node:http'
import { routes } from '@/lib/routes'
import type { Stack } from '@/tests/e2e/support/stack'
import { get } from './routes'

const clusterId = 'o-demo0001'
const watchedMs = 6_000
/** Below the limit of live pages in one session. */
const streamsPerPerson = 10

const post = async (url: string, cookie: string, body: unknown): Promise<unknown> => {
  const response = await fetch(url, { method: 'POST', headers: { cookie, origin: new URL(url).origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${(await response.text()).slice(0, 300)}`)
  return response.json()
}

const startRun = async ({ url }: Stack, cookie: string): Promise<string> => {
  const { nodes } = JSON.parse((await get(url + routes.api.nodes(clusterId), { cookie })).toString()) as { nodes: { nodeName: string; readiness: string }[] }
  const options = { batchSizePercentage: 10, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: false }
  const nodeNames = nodes.filter(({ readiness }) => readiness === 'ready').map(({ nodeName }) => nodeName)
  const answer = (await post(url + routes.api.launches(clusterId), cookie, { launchKey: randomUUID(), nodeNames, options, comment: 'bench' })) as { migrationId: string }
  return answer.migrationId
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

/** Somebody else who signs in: streams are limited per session. */
const anotherPerson = async (url: string): Promise<string> => {
  const csrf = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const form = new URLSearchParams({ csrfToken, token: 'demo-token', accountId: 'act-demo0001', displayName: 'viewer', json: 'true', callbackUrl: routes.clusters() })
  const headers = { cookie: cookiesOf(csrf), origin: url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  const response = await fetch(`${url}/api/auth/callback/credentials`, { method: 'POST', headers, body: form.toString() })
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${(await response.text()).slice(0, 200)}`)
  return cookiesOf(response)
}

type Viewer = { sent: ClientRequest; heard: Promise<void> }

const watch = (url: string, cookie: string): Viewer => {
  const sent = request(url.replace('//localhost', '//127.0.0.1'), { agent: false, headers: { host: new URL(url).host, cookie, accept: 'text/event-stream' } })
  const heard = new Promise<void>((resolve, reject) => {
    sent.on('error', reject)
    sent.on('response', (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`))
      response.once('data', () => resolve())
      response.on('error', () => undefined)
      response.resume()
    })
  })
  sent.end()
  return { sent, heard }
}

const pollsWhileWatched = async (stack: Stack, people: readonly string[], migrationId: string, count: number) => {
  const viewers = Array.from({ length: count }, (_, index) => watch(stack.url + routes.api.stream(clusterId, migrationId), people[index % people.length] ?? ''))
  await Promise.all(viewers.map(({ heard }) => heard))
  await stack.admin.clearJournal()
  const startedAt = performance.now()
  await new Promise((resolve) => setTimeout(resolve, watchedMs))
  const seconds = (performance.now() - startedAt) / 1000
  const polls = (await stack.admin.journal()).filter(({ method, path }) => method === 'GET' && path.includes('/migration')).length
  for (const { sent } of viewers) {
    sent.on('error', () => undefined)
    sent.destroy()
  }
  return { viewers: count, polls, pollsPerSecond: Math.round((polls / seconds) * 100) / 100 }
}

/** What the upstream is asked while so many people watch one run. The run is slowed so that it does not end meanwhile. */
export const benchViewers = async (stack: Stack, cookie: string, counts: readonly number[]) => {
  await stack.admin.time({ speed: 5 })
  const migrationId = await startRun(stack, cookie)
  const people = [cookie]
  while (people.length * streamsPerPerson < Math.max(...counts)) people.push(await anotherPerson(stack.url))
  const results = []
  for (const count of counts) results.push(await pollsWhileWatched(stack, people, migrationId, count))
  await stack.admin.time({ speed: 600 })
  return results
}
