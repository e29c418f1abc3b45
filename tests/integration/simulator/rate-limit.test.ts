import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, edgeCluster, type CallOptions } from './support/call'

let simulator: TestSimulator
let nowMs = 0
beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 1)
  simulator = await startSimulator({ rateLimit: 3 }, () => nowMs)
})
afterEach(() => simulator.close())

const ask = async (options: CallOptions = {}, path = demoCluster) => {
  const { status, headers, body } = await call(simulator.baseUrl, path, options)
  const number = (name: string) => Number(headers.get(name))
  return { status, body, limit: number('x-ratelimit-limit'), remaining: number('x-ratelimit-remaining'), reset: number('x-ratelimit-reset') }
}
const askTimes = async (count: number) => {
  for (let asked = 0; asked < count; asked += 1) await ask()
}

describe('the rate limit', () => {
  it('is told on every reply, those of errors too', async () => {
    expect(await ask()).toMatchObject({ status: 200, limit: 3, remaining: 2, reset: 60 })
    nowMs += 10_000
    expect(await ask()).toMatchObject({ status: 200, remaining: 1, reset: 50 })
    expect(await ask({ token: 'expired-token' })).toMatchObject({ status: 401, limit: 3, remaining: 2 })
    expect(await ask({}, '/nowhere')).toMatchObject({ status: 404, limit: 3 })
  })

  it('answers the request too many with 429 and its words in data', async () => {
    await askTimes(3)
    const { status, body, remaining } = await ask()
    expect(status).toBe(429)
    expect(body).toEqual({ status: { code: 429, message: 'Too Many Requests' }, data: 'Rate limit exceeded' })
    expect(remaining).toBe(0)
  })

  it('is over exactly when the reset has passed', async () => {
    await ask()
    nowMs += 20_000
    await askTimes(2)
    const { status, reset } = await ask()
    expect(status).toBe(429)
    nowMs += reset * 1000 - 1
    const early = await ask()
    expect(early.status).toBe(429)
    nowMs += early.reset * 1000
    expect((await ask()).status).toBe(200)
  })

  it('is pushed back by requests inside a block', async () => {
    await askTimes(3)
    for (let tenSeconds = 1; tenSeconds <= 12; tenSeconds += 1) {
      nowMs += 10_000
      expect((await ask()).status, `after ${tenSeconds * 10} s of asking`).toBe(429)
    }
    nowMs += 60_000
    expect((await ask()).status).toBe(200)
  })

  it('rolls: each request leaves a minute after it came', async () => {
    for (const waitMs of [0, 20_000, 20_000]) {
      nowMs += waitMs
      expect((await ask()).status).toBe(200)
    }
    nowMs += 20_001
    expect(await ask()).toMatchObject({ status: 200, remaining: 0, reset: 20 })
    expect((await ask()).status).toBe(429)
  })

  it('goes by the right time when the clock is put wrong', async () => {
    await askTimes(3)
    await simulator.admin.time({ clockOffsetMs: 3_600_000 })
    expect(await ask()).toMatchObject({ status: 429, reset: 60 })
  })

  it('counts writes, empty ones too, and tells them where they stand', async () => {
    const stop = () => ask({ method: 'PUT' }, `${demoCluster}/migration/scr-00000000/stop`)
    const answers = [await stop(), await stop(), await stop(), await stop()]
    expect(answers.map(({ status, remaining }) => [status, remaining])).toEqual([[404, 2], [404, 1], [404, 0], [429, 0]])
  })

  it('counts each path for itself where it is told to', async () => {
    const own = await startSimulator({ rateLimit: 1, rateLimitBy: 'path' }, () => nowMs)
    const statusOf = async (path: string) => (await call(own.baseUrl, path)).status
    const statuses = [await statusOf(demoCluster), await statusOf(edgeCluster), await statusOf(demoCluster)]
    await own.close()
    expect(statuses).toEqual([200, 200, 429])
  })

  it('counts per organisation, route and method, whatever the ids in the path', async () => {
    await askTimes(3)
    expect((await ask({ token: 'second-token' })).status).toBe(429)
    expect((await ask({}, edgeCluster)).status).toBe(429)
    expect((await ask({}, `${demoCluster}/nodes`)).status).toBe(200)
    expect((await ask({ method: 'PUT', body: { cluster: {} } })).status).toBe(200)
    expect((await ask({ token: 'other-org-token', account: null }, '/ocean/azure/np/cluster/o-othr0001')).status).toBe(200)
  })
})
