import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request, type ClientRequest } from 'node:http'
import path from 'node:path'
import { routes } from '@/lib/routes'
import type { Stack } from '@/tests/e2e/support/stack'
import { reviewedLaunch } from '@/tests/support/reviewed-launch'
import { ratio } from './measure'
import { get } from './routes'
import { openLiveMemory, type LiveMemory } from './support/live-memory'

const clusterId = 'o-demo0001'
const watchedMs = 6_000
const settleMs = 20_000
/** Below the limit of live pages in one session. */
const streamsPerPerson = 10

const post = async (url: string, cookie: string, body: unknown): Promise<unknown> => {
  const response = await fetch(url, { method: 'POST', headers: { cookie, origin: new URL(url).origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${(await response.text()).slice(0, 300)}`)
  return response.json()
}

const startRun = async ({ url }: Stack, cookie: string): Promise<string> => {
  const read = async (at: string): Promise<unknown> => JSON.parse((await get(url + at, { cookie })).toString())
  const { nodes } = (await read(routes.api.nodes(clusterId))) as { nodes: { nodeName: string; readiness: string }[] }
  const options = { batchSizePercentage: 10, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: false }
  const nodeNames = nodes.filter(({ readiness }) => readiness === 'ready').map(({ nodeName }) => nodeName)
  const body = await reviewedLaunch(read, clusterId, { nodeNames, options, comment: 'bench' })
  const answer = (await post(url + routes.api.launches(clusterId), cookie, body)) as { migrationId: string }
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

/** One that never reads takes the head of the answer and leaves its body. */
const watch = (url: string, cookie: string, isReading: boolean): Viewer => {
  const sent = request(url.replace('//localhost', '//127.0.0.1'), { agent: false, headers: { host: new URL(url).host, cookie, accept: 'text/event-stream' } })
  const heard = new Promise<void>((resolve, reject) => {
    sent.on('error', reject)
    sent.on('response', (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`))
      response.on('error', () => undefined)
      if (!isReading) return resolve()
      response.once('data', () => resolve())
      response.resume()
    })
  })
  sent.end()
  return { sent, heard }
}

/** Bytes that a process holds in memory. Linux tells it. */
const residentBytes = async (pid: number): Promise<number> => Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

const leave = (viewers: readonly Viewer[]) => {
  for (const { sent } of viewers) {
    sent.on('error', () => undefined)
    sent.destroy()
  }
}

/** So many at once that the listening queue of the server holds them. */
const atOnce = 100

const everyone = () => true
const allButAFifth = (viewer: number) => viewer % 5 !== 0

const watchAll = async (url: string, people: readonly string[], count: number, isReading: (viewer: number) => boolean = everyone): Promise<Viewer[]> => {
  const viewers: Viewer[] = []
  while (viewers.length < count) {
    const from = viewers.length
    const more = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) => watch(url, people[(from + index) % people.length] ?? '', isReading(from + index)))
    await Promise.all(more.map(({ heard }) => heard))
    viewers.push(...more)
  }
  return viewers
}

const whileWatched = async (stack: Stack, memory: LiveMemory, people: readonly string[], migrationId: string, count: number) => {
  const viewers = await watchAll(stack.url + routes.api.stream(clusterId, migrationId), people, count)
  await stack.admin.clearJournal()
  const startedAt = performance.now()
  await new Promise((resolve) => setTimeout(resolve, watchedMs))
  const seconds = (performance.now() - startedAt) / 1000
  const polls = (await stack.admin.journal()).filter(({ method, path }) => method === 'GET' && path.includes('/migration')).length
  const bytes = { residentBytes: await residentBytes(stack.appPid()), liveBytes: await memory.liveBytes() }
  leave(viewers)
  return { viewers: count, polls, pollsPerSecond: Math.round((polls / seconds) * 100) / 100, ...bytes }
}

/** The same number of viewers for a while, of whom a fifth never read: what the process needs at first and at last. */
const whileHeld = async (stack: Stack, memory: LiveMemory, people: readonly string[], migrationId: string, count: number, heldMs: number) => {
  const viewers = await watchAll(stack.url + routes.api.stream(clusterId, migrationId), people, count, allButAFifth)
  await new Promise((resolve) => setTimeout(resolve, watchedMs))
  const liveBytesAtFirst = await memory.liveBytes()
  await new Promise((resolve) => setTimeout(resolve, heldMs))
  const residentBytesAtLast = await residentBytes(stack.appPid())
  const liveBytesAtLast = await memory.liveBytes()
  leave(viewers)
  return { viewers: count, seconds: heldMs / 1_000, residentBytesAtLast, liveBytesAtFirst, liveBytesAtLast, grownBytesPerViewer: Math.round((liveBytesAtLast - liveBytesAtFirst) / count) }
}

type Watched = { viewers: number; liveBytes: number }

/** What each viewer above the first many costs: what a process needs anyway is left out. */
const bytesPerViewer = (measured: readonly Watched[]): number => {
  const [few, many] = measured.slice(-2)
  return few === undefined || many === undefined ? Number.NaN : Math.round((many.liveBytes - few.liveBytes) / (many.viewers - few.viewers))
}

/** The same numbers of viewers on a stream of plain Node. */
const benchBare = async (counts: readonly number[]): Promise<number> => {
  const child = spawn(process.execPath, ['--inspect-port=0', path.join(import.meta.dirname, 'support/bare-stream.mjs')], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const url = /http:\S+/.exec(line.toString())?.[0] ?? ''
    const memory = await openLiveMemory(child.pid ?? 0, () => said)
    const measured: Watched[] = []
    for (const count of counts) {
      const viewers = await watchAll(url, [''], count)
      await new Promise((resolve) => setTimeout(resolve, watchedMs))
      measured.push({ viewers: count, liveBytes: await memory.liveBytes() })
      leave(viewers)
    }
    memory.close()
    return bytesPerViewer(measured)
  } finally {
    child.kill()
  }
}

/**
 * What the upstream is asked, and what memory it takes, while so many people watch one run. The run is slowed so
 * that it does not end meanwhile. Counts rise; the last two tell what a viewer costs, and the last one is held for a
 * while to tell whether that grows.
 */
export const benchViewers = async (stack: Stack, cookie: string, { counts, heldMs }: { counts: readonly number[]; heldMs: number }) => {
  await stack.admin.time({ speed: 1 })
  const migrationId = await startRun(stack, cookie)
  // A run that has just begun is read more often than one in which little happens.
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const people = [cookie]
  while (people.length * streamsPerPerson < Math.max(...counts)) people.push(await anotherPerson(stack.url))
  const memory = await openLiveMemory(stack.appPid(), stack.output)
  const measured = []
  for (const count of counts) measured.push(await whileWatched(stack, memory, people, migrationId, count))
  const held = await whileHeld(stack, memory, people, migrationId, counts.at(-1) ?? 0, heldMs)
  memory.close()
  await stack.admin.time({ speed: 600 })
  const [own, bare] = [bytesPerViewer(measured), await benchBare(counts.slice(-2))]
  return { measured, held, bytesPerViewer: own, bareBytesPerViewer: bare, toBare: ratio(own, bare) }
}
