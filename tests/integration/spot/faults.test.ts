import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createSpotClient } from '@/lib/spot/client'
import { mayHaveTakenEffect, toAppError } from '@/lib/spot/errors'
import { defaultMigrationOptions } from '@/lib/spot/schemas/migration'
import type { SpotLogFields } from '@/lib/spot/transport'
import { credentials, failureOf, startBench, token } from './support/client'
import { cut, envelopeOf, flood, items, plain, raw, reset, silence, slowBytes, startFaultServer, type Behaviour } from './support/fault-server'

const nodes = envelopeOf([{ nodeName: 'aks-a' }, { nodeName: 'aks-b' }])
const body = { ...defaultMigrationOptions, nodeNames: ['aks-a'] }

const answers: [string, Behaviour, object][] = [
  ['401 with a bare status', plain(401, '{"request":{"id":"req-9"},"response":{"status":{"code":401}}}'), { kind: 'unauthorized', requestId: 'req-9' }],
  ['403', plain(403, '{}'), { kind: 'forbidden' }],
  ['404', plain(404, '{}'), { kind: 'not-found' }],
  [
    '400 with errors',
    plain(400, '{"request":{"id":"r"},"response":{"errors":[{"code":"INVALID","message":"no\\r\\nsuch \\u202enode"}]}}'),
    { kind: 'invalid', status: 400, issues: [{ path: 'INVALID', message: 'no such node' }] },
  ],
  ['400 with errors of odd types', plain(400, '{"response":{"errors":[{"code":4,"message":null,"field":{}},"x"]}}'), { kind: 'invalid', issues: [] }],
  ['429 with data', plain(429, '{"response":{"data":"Rate limit exceeded"}}', { 'x-ratelimit-reset': '30' }), { kind: 'rate-limited', retryAfterMs: 30_000 }],
  ['503 as HTML', plain(503, '<h1>busy</h1>', { 'retry-after': '4' }), { kind: 'server', status: 503, retryAfterMs: 4_000 }],
  ['HTML with 200', plain(200, '<!doctype html><title>Login</title>'), { kind: 'not-json' }],
  ['an empty body', plain(200), { kind: 'not-json' }],
  ['204', plain(204), { kind: 'not-json' }],
  ['null', plain(200, 'null'), { kind: 'drift', path: '(the whole answer)' }],
  ['a byte order mark', plain(200, `\ufeff${nodes}`), { kind: 'not-json' }],
  ['bytes that are not UTF-8', plain(200, Buffer.from([0x7b, 0x22, 0xff, 0xfe])), { kind: 'truncated' }],
  ['truncated JSON', plain(200, nodes.slice(0, -9)), { kind: 'truncated' }],
  ['a list shorter than its count', plain(200, '{"response":{"items":[{"nodeName":"a"}],"count":2}}'), { kind: 'truncated' }],
  ['a cut connection', cut(nodes.slice(0, 40)), { kind: 'truncated' }],
  ['a valid answer with too long a content-length', cut(nodes), { kind: 'truncated' }],
  ['a content-length that is too short', raw(`HTTP/1.1 200 OK\r\ncontent-length: 20\r\nconnection: close\r\n\r\n${nodes}`), { kind: 'truncated' }],
  ['no HTTP at all', raw('SSH-2.0-OpenSSH_9.2\r\n'), { kind: 'network', wasSent: 'maybe' }],
  ['a reset', reset, { kind: 'network', wasSent: 'maybe' }],
  ['silence', silence, { kind: 'timeout', phase: 'headers', wasSent: 'maybe' }],
  ['a body that stops', (response) => void response.writeHead(200).write('{'), { kind: 'timeout', phase: 'body', wasSent: 'yes' }],
  ['a byte now and then', slowBytes(50), { kind: 'timeout', phase: 'total', wasSent: 'yes' }],
]

describe('a faulty upstream', () => {
  it.each(answers)('gives one typed error, in time, on %s', async (_, behaviour, expected) => {
    const { server, client } = await startBench()
    server.answer(behaviour)
    const startedAt = performance.now()
    const error = await failureOf(client.listNodes('o-1'))
    expect(error).toMatchObject({ call: 'GET /ocean/azure/np/cluster/{clusterId}/nodes', ...expected })
    expect(performance.now() - startedAt).toBeLessThan(2_500)
    expect(server.journal).toHaveLength(1)
    expect(toAppError(error).detail).not.toMatch(/[<{]/)
  })

  it('stops reading at the cap: an endless body costs neither memory nor time', async () => {
    const { server, client } = await startBench({ maxBytes: 4 * 1024 * 1024, timeouts: { totalMs: 10_000 } })
    const endless = flood(200)
    server.answer(endless.behaviour)
    expect(await failureOf(client.listNodes('o-1'))).toMatchObject({ kind: 'too-large' })
    await expect.poll(server.openSockets).toBe(0)
    expect(endless.sent()).toBeLessThan(60)
  })

  it('refuses a body that announces too much before it is read', async () => {
    const { server, client } = await startBench()
    server.answer((response) => void response.writeHead(200, { 'content-length': '999999999' }).write('{'))
    expect(await failureOf(client.listNodes('o-1'))).toMatchObject({ kind: 'too-large' })
  })

  it('follows no redirect, and the token goes nowhere else', async () => {
    const { server, client } = await startBench()
    const other = await startFaultServer()
    server.answer(plain(302, '', { location: `${other.url}/steal` }))
    expect(await failureOf(client.listNodes('o-1'))).toMatchObject({ kind: 'redirect', status: 302 })
    expect(other.journal).toEqual([])
    await other.close()
  })

  it('knows that nothing was sent when nobody listens', async () => {
    const gone = await startFaultServer()
    await gone.close()
    const { client } = await startBench({ baseUrl: gone.url })
    const error = await failureOf(client.createMigration('o-1', body))
    expect(error).toMatchObject({ kind: 'network', wasSent: 'no', causeCode: 'ECONNREFUSED' })
    expect(mayHaveTakenEffect(error)).toBe(false)
  })

  it('holds few sockets during 100 half-open connections and none after them', async () => {
    const { server, client } = await startBench({ timeouts: { headersMs: 100, totalMs: 900 } })
    server.answer(silence)
    for (let n = 0; n < 10; n += 1) {
      const calls = Array.from({ length: 10 }, (_, index) => failureOf(client.getCluster(`o-${n}x${index}`)))
      for (const error of await Promise.all(calls)) expect(error.kind).toBe('timeout')
    }
    expect(server.journal).toHaveLength(100)
    expect(server.openSockets()).toBeLessThanOrEqual(32)
    await expect.poll(server.openSockets, { timeout: 5_000 }).toBe(0)
  })

  it('reads on after a fault: the next answer is not mixed up with the last', async () => {
    const { server, client } = await startBench()
    server.answer(cut(nodes.slice(0, 30)), items([{ nodeName: 'aks-a' }]))
    await failureOf(client.listNodes('o-1'))
    expect((await client.listNodes('o-1')).data.map(({ nodeName }) => nodeName)).toEqual(['aks-a'])
  })
})

describe('writes', () => {
  it.each<[string, Behaviour, boolean]>([
    ['503', plain(503, '{}'), true],
    ['a lost answer', silence, true],
    ['a reset', reset, true],
    ['half an answer', cut(nodes.slice(0, 30)), true],
    ['an answer without the migration', items([]), true],
    ['400', plain(400, '{}'), false],
    ['429', plain(429, '{}'), false],
  ])('are sent once, whatever happens, and tell whether they may have happened: %s', async (_, behaviour, mayHave) => {
    const { server, client } = await startBench({ retry: { mostRetries: 2, baseMs: 1 } })
    server.answer(behaviour)
    expect(mayHaveTakenEffect(await failureOf(client.createMigration('o-1', body)))).toBe(mayHave)
    expect(server.journal.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('send a flat body with every option and the account', async () => {
    const { server, client } = await startBench()
    server.answer(items([{ id: 'scr-1', status: 'IN_PROGRESS' }]))
    expect((await client.createMigration('o-1', { ...body, comment: 'week 12' })).data.id).toBe('scr-1')
    expect(server.journal[0]).toMatchObject({ method: 'POST', url: '/ocean/azure/np/cluster/o-1/migration?accountId=act-1' })
    expect(JSON.parse(server.journal[0]?.body ?? '')).toEqual({ ...defaultMigrationOptions, nodeNames: ['aks-a'], comment: 'week 12' })
    await client.stopMigration('o-1', 'scr-1')
    expect(server.journal[1]).toMatchObject({ method: 'PUT', url: '/ocean/azure/np/cluster/o-1/migration/scr-1/stop?accountId=act-1', body: '' })
  })
})

describe('what is refused before it is sent', () => {
  it('ids that would shape the path, an account not yet chosen, a token that is no header', async () => {
    const { server, transport, client } = await startBench()
    for (const id of ['..', 'o-1%2f..', 'o-1/../../setup', 'o-1\r\nx: y', 'o-ｏ', '//evil.example', 'o-1?accountId=act-2'])
      expect(await failureOf(client.getCluster(id))).toMatchObject({ kind: 'invalid', wasSent: 'no', issues: [{ path: 'clusterId' }] })
    const bare = createSpotClient(transport, { ...credentials, accountId: null })
    expect(await failureOf(bare.listClusters())).toMatchObject({ kind: 'invalid', issues: [{ path: 'accountId' }] })
    const injecting = createSpotClient(transport, { ...credentials, token: 'abc\r\nx-evil: 1' })
    expect(await failureOf(injecting.listClusters())).toMatchObject({ kind: 'unauthorized', wasSent: 'no' })
    expect(server.journal).toEqual([])
    await bare.listAccounts()
    expect(server.journal[0]?.url).toBe('/setup/account')
  })
})

describe('the token', () => {
  it('stands in no error and no log line, even when the upstream sends it back', async () => {
    const lines: [SpotLogFields, string][] = []
    const { server, client } = await startBench({ log: { warn: (fields, message) => lines.push([fields, message]) } })
    const echo = `{"response":{"errors":[{"code":"${token}","message":"bad ${token}"}]}}`
    for (const behaviour of [plain(400, echo), plain(401, echo), reset, silence, plain(200, `{"${token}`)]) {
      server.answer(behaviour)
      const error = await failureOf(client.listNodes('o-1', { fresh: true }))
      for (const value of [error, toAppError(error)]) expect(inspect(value, { depth: 9, showHidden: true })).not.toContain(token)
    }
    expect(server.journal.every(({ headers, url }) => headers.authorization === `Bearer ${token}` && !url.includes(token))).toBe(true)
    expect(lines).toHaveLength(5)
    expect(JSON.stringify(lines)).not.toContain(token)
  })
})

