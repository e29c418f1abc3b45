import { describe, expect, it } from 'vitest'
import { createSpotClient } from '@/lib/spot/client'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import type { DriftNote } from '@/lib/spot/transport'
import { credentials, failureOf, startBench } from './support/client'
import { items, plain, type Behaviour } from './support/fault-server'

const run = (status: string): Behaviour => items([{ id: 'scr-1', status }])
const held = (list: unknown[]) => {
  const open: (() => void)[] = []
  const behaviour: Behaviour = (response, socket, seen) => void open.push(() => items(list)(response, socket, seen))
  return { behaviour, open, release: () => open.splice(0).forEach((act) => act()) }
}

/** For tests that hold an answer back: the deadline is not what they are about. */
const patient = { timeouts: { headersMs: 5_000, totalMs: 10_000 } }

describe('identical reads', () => {
  it('are one request while it is on its way, and come from its answer for a short while', async () => {
    const { server, client } = await startBench()
    server.answer(run('IN_PROGRESS'))
    const reads = await Promise.all(Array.from({ length: 50 }, () => client.getMigration('o-1', 'scr-1')))
    expect(server.journal).toHaveLength(1)
    expect(reads.filter(({ fromCache }) => !fromCache)).toHaveLength(1)
    expect((await client.getMigration('o-1', 'scr-1', { maxAgeMs: 60_000 })).fetchedAtMs).toBe(reads[0]?.fetchedAtMs)
    expect(server.journal).toHaveLength(1)
  })

  it('go out again for a caller who wants them fresh or younger', async () => {
    const { server, client } = await startBench()
    server.answer(run('IN_PROGRESS'), run('COMPLETED'))
    await client.getMigration('o-1', 'scr-1')
    expect(await client.getMigration('o-1', 'scr-1', { fresh: true })).toMatchObject({ data: { status: 'COMPLETED' }, fromCache: false })
    await client.getMigration('o-1', 'scr-1', { maxAgeMs: 0 })
    expect(server.journal).toHaveLength(3)
  })

  it('are never shared across tokens, accounts or organizations', async () => {
    const { server, transport, client } = await startBench()
    const others = [
      { ...credentials, token: 'another-token' },
      { ...credentials, accountId: 'act-2' },
      { ...credentials, organizationId: '7' },
    ].map((other) => createSpotClient(transport, other))
    server.answer(items([{ nodeName: 'a' }]), plain(403, '{}'))
    await client.listNodes('o-1')
    for (const other of others) expect(await failureOf(other.listNodes('o-1'))).toMatchObject({ kind: 'forbidden' })
    expect(server.journal).toHaveLength(4)
  })

  it('do not outlive the token: a refusal and a sign-out drop what it had read', async () => {
    const { server, transport, client } = await startBench()
    server.answer(items([]), plain(401, '{}'), plain(401, '{}'), items([]))
    await client.listVngs('o-1')
    await failureOf(client.getCluster('o-1'))
    expect(await failureOf(client.listVngs('o-1'))).toMatchObject({ kind: 'unauthorized' })
    await client.listVngs('o-1')
    transport.forgetToken(credentials.token)
    await client.listVngs('o-1')
    expect(server.journal).toHaveLength(5)
  })

  it('never show the state before a write to who asks after it, even when the read was under way', async () => {
    const { server, client } = await startBench(patient)
    const early = held([])
    server.answer(early.behaviour, items([{ id: 'scr-1' }]), run('IN_PROGRESS'))
    const before = client.listMigrations('o-1')
    await expect.poll(() => early.open.length).toBe(1)
    await client.createMigration('o-1', { ...defaultMigrationOptions, nodeNames: ['a'] })
    const after = await client.listMigrations('o-1')
    early.release()
    expect((await before).data).toEqual([])
    expect(after.data.map(({ id }) => id)).toEqual(['scr-1'])
    expect((await client.listMigrations('o-1')).data).toHaveLength(1)
  })

  it('go on for the others when one caller leaves, and end when the last one has', async () => {
    const { server, client } = await startBench({ timeouts: { headersMs: 5_000, totalMs: 5_000 } })
    const slow = held([{ nodeName: 'a' }])
    server.answer(slow.behaviour)
    const leaving = new AbortController()
    const left = failureOf(client.listNodes('o-1', { signal: leaving.signal }))
    const staying = client.listNodes('o-1')
    await expect.poll(() => slow.open.length).toBe(1)
    leaving.abort()
    expect(await left).toMatchObject({ kind: 'cancelled' })
    slow.release()
    expect((await staying).data).toHaveLength(1)

    const last = new AbortController()
    const alone = failureOf(client.listNodes('o-1', { fresh: true, signal: last.signal }))
    await expect.poll(() => slow.open.length).toBe(1)
    last.abort()
    expect(await alone).toMatchObject({ kind: 'cancelled' })
    await expect.poll(server.cutByClient).toBe(1)
  })
})

describe('the budget', () => {
  it('sends nothing inside a block, whoever asks, and goes on when it is over', async () => {
    const { server, transport, client } = await startBench()
    server.answer(plain(429, '{"response":{"data":"Rate limit exceeded"}}', { 'x-ratelimit-reset': '1' }), items([]))
    expect(await failureOf(client.listNodes('o-1'))).toMatchObject({ kind: 'rate-limited', wasSent: 'yes', retryAfterMs: 1_000 })
    const colleague = createSpotClient(transport, { ...credentials, token: 'colleague' })
    for (const call of [client.listNodes('o-1'), client.listNodes('o-2'), colleague.listNodes('o-1')]) {
      const error = await failureOf(call)
      expect(error).toMatchObject({ kind: 'rate-limited', wasSent: 'no' })
      expect(error.retryAfterMs).toBeLessThanOrEqual(1_000)
    }
    expect(client.budget().busiest).toMatchObject({ route: 'listNodes', blockedUntilMs: expect.any(Number) })
    expect(server.journal).toHaveLength(1)
    await client.listVngs('o-1')
    const elsewhere = createSpotClient(transport, { ...credentials, accountId: 'act-2' })
    await elsewhere.listNodes('o-1')
    await expect.poll(() => client.listNodes('o-1').then(() => 'read', () => 'blocked'), { timeout: 5_000, interval: 20 }).toBe('read')
    const [blocked, ...later] = server.journal.filter(({ url }) => url.includes('/o-1/nodes') && url.endsWith('act-1'))
    expect(later).toHaveLength(1)
    expect((later[0]?.atMs ?? 0) - (blocked?.atMs ?? 0)).toBeGreaterThan(950)
  })

  it('counts what was sent as calls, and what a block held back, or nobody waited for, not among them', async () => {
    const { server, transport, client } = await startBench()
    server.answer(plain(429, '{"response":{"data":"Rate limit exceeded"}}', { 'x-ratelimit-reset': '30' }))
    for (let call = 0; call < 20; call += 1) await failureOf(client.listNodes('o-1'))
    await failureOf(client.listVngs('o-1', { signal: AbortSignal.abort() }))
    expect(server.journal).toHaveLength(1)
    expect(transport.counts()).toEqual([{ route: 'listNodes', outcome: 'rate-limited', calls: 1 }, { route: 'listNodes', outcome: 'held-back', calls: 19 }])
  })

  it('is shown from the headers of every answer', async () => {
    const { server, client } = await startBench()
    server.answer(items([], { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '15', 'x-ratelimit-reset': '40' }))
    await client.listNodes('o-1')
    expect(client.budget().busiest).toMatchObject({ route: 'listNodes', limit: 60, remaining: 15 })
    expect(client.pace('listNodes')).toBe(2)
    expect(client.pace('getMigration')).toBe(1)
  })
})

describe('repeated reads', () => {
  it('outlast a short fault, and never take longer than the total deadline', async () => {
    const { server, client } = await startBench({ retry: { mostRetries: 2, baseMs: 10 } })
    server.answer(plain(500, '{}'), plain(503, '{}'), items([{ nodeName: 'a' }]))
    expect((await client.listNodes('o-1')).data).toHaveLength(1)
    expect(server.journal).toHaveLength(3)
    server.answer(() => undefined)
    const startedAt = performance.now()
    expect(await failureOf(client.listNodes('o-2'))).toMatchObject({ kind: 'timeout' })
    expect(performance.now() - startedAt).toBeLessThan(1_500)
  })
})

describe('drift', () => {
  it('is told once for each field of a route, and comes with every answer it touched', async () => {
    const notes: DriftNote[] = []
    const { server, client } = await startBench({ onDrift: (note) => notes.push(note) })
    server.answer(items([{ nodeName: 'a', vmSize: 1 }, { nodeName: 'b', vmSize: 2 }]))
    for (const fresh of [true, true]) expect((await client.listNodes('o-1', { fresh })).drift).toEqual(['response.items[].vmSize'])
    expect(notes).toEqual([{ route: 'listNodes', path: 'response.items[].vmSize', requestId: 'req-1' }])
    server.answer(items([{ nodeName: 'a' }, {}]))
    expect(await failureOf(client.listNodes('o-1', { fresh: true }))).toMatchObject({ kind: 'drift', path: 'response.items[1].nodeName' })
    expect(notes).toHaveLength(2)
  })
})
