import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { Context } from '@/lib/services/context'
import { readLog } from '@/lib/services/read-log'
import { createSpotClient } from '@/lib/spot/client'
import { createSpotTransport, type SpotTransport } from '@/lib/spot/transport'

const limit = 1_000
let upstream: Server | undefined
let transport: SpotTransport | undefined

afterEach(async () => {
  await transport?.close()
  upstream?.closeAllConnections()
  upstream?.close()
})

/** An upstream whose log has one line each `stepMs`, and that answers `answers` calls before it limits them. */
const startLog = async (stepMs: number, answers = Number.POSITIVE_INFINITY) => {
  const ranges: [number, number][] = []
  upstream = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams
    const [from, to] = [Number(query.get('fromDate')), Number(query.get('toDate'))]
    ranges.push([from, to])
    if (ranges.length > answers) {
      response.writeHead(429, { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' })
      response.end(JSON.stringify({ response: { data: 'Rate limit exceeded' } }))
      return
    }
    const items = []
    for (let at = Math.floor(to / stepMs) * stepMs; at >= from && items.length < limit; at -= stepMs) items.push({ message: `line ${at} of scr-1a2b3c4d`, severity: 'INFO', createdAt: new Date(at).toISOString() })
    response.end(JSON.stringify({ request: { id: 'r' }, response: { status: { code: 200 }, items, count: items.length } }))
  })
  await new Promise<void>((resolve) => upstream?.listen(0, '127.0.0.1', resolve))
  transport = createSpotTransport({ baseUrl: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}` })
  const spot = createSpotClient(transport, { token: 'log-token', accountId: 'act-1', organizationId: null })
  const ctx = { spot, now: () => 0, signal: new AbortController().signal } as unknown as Context
  const read = (fromMs: number, toMs: number) => readLog({ ctx, input: { clusterId: 'o-1', query: { fromMs, toMs, severity: 'ALL' } } })
  return { read, ranges }
}

const start = 1_700_000_000_000

it('puts a range of more than 1,000 lines together from its parts, each line once, newest first', async () => {
  const { read, ranges } = await startLog(1_000)
  const { lines, isTruncated } = await read(start, start + 2_999_999)
  expect(isTruncated).toBe(false)
  expect(lines).toHaveLength(3_000)
  expect(lines.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 3_000 }, (_, index) => start + (2_999 - index) * 1_000))
  expect(lines.every(({ migrationId }) => migrationId === 'scr-1a2b3c4d')).toBe(true)
  expect(ranges.length).toBeLessThanOrEqual(12)
})

it('spends at most twelve calls on one question, says that lines are missing, and has the newest', async () => {
  const { read, ranges } = await startLog(100)
  const { lines, isTruncated } = await read(start, start + 8_000_000)
  expect(ranges).toHaveLength(12)
  expect(isTruncated).toBe(true)
  expect(lines.length).toBeGreaterThan(1_000)
  expect(lines[0]?.atMs).toBe(start + 8_000_000)
  expect(new Set(lines.map(({ atMs }) => atMs)).size).toBe(lines.length)
})

it('shows what it has when the budget ends half-way', async () => {
  const { read } = await startLog(1_000, 2)
  const { lines, isTruncated } = await read(start, start + 2_999_999)
  expect(isTruncated).toBe(true)
  expect(lines.length).toBeGreaterThanOrEqual(1_000)
})

it('fails as a whole when not even the first call is answered', async () => {
  const { read } = await startLog(1_000, 0)
  await expect(read(start, start + 1_000)).rejects.toMatchObject({ kind: 'rate-limited' })
})
