import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FaultInput } from '@/lib/simulator/admin-types'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { call, demoCluster, send } from './support/call'

let simulator: TestSimulator
const sockets: Socket[] = []
beforeAll(async () => {
  simulator = await startSimulator({ nodes: 20 })
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await simulator.admin.clearFaults()
})
afterAll(() => simulator.close())

const nodes = `${demoCluster}/nodes`
const fault = (effect: FaultInput['effect'], more: Partial<FaultInput> = {}) => simulator.admin.fault({ effect, ...more })

/** A connection of one's own, what came back on it so far, and whether it was closed. */
const dial = async () => {
  const { hostname, port } = new URL(simulator.baseUrl)
  const socket = connect(Number(port), hostname)
  sockets.push(socket)
  const heard = { text: '', isClosed: false }
  socket.on('data', (chunk) => (heard.text += chunk.toString())).on('close', () => (heard.isClosed = true)).on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  return { socket, heard, ask: (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer demo-token\r\n\r\n`) }
}

describe('a half-open connection', () => {
  it('is accepted, and nothing on it is read or answered', async () => {
    await fault({ kind: 'half-open' }, { times: 1 })
    await simulator.admin.clearJournal()
    const silent = await dial()
    silent.ask(nodes)
    const next = await dial()
    next.ask(nodes)
    await expect.poll(() => next.heard.text).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(silent.heard).toEqual({ text: '', isClosed: false })
    expect(await simulator.admin.journal()).toHaveLength(1)
  })

  it('meets the next request of a client that had a connection', async () => {
    expect((await send(simulator.baseUrl, nodes)).status).toBe(200)
    await fault({ kind: 'half-open' }, { times: 1 })
    const error: unknown = await send(simulator.baseUrl, nodes, { signal: AbortSignal.timeout(300) }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'TimeoutError' })
    expect((await send(simulator.baseUrl, nodes)).status).toBe(200)
  })

  it('does not keep the simulator from ending', async () => {
    const own = await startSimulator({ nodes: 0 })
    await own.admin.fault({ effect: { kind: 'half-open' } })
    const { hostname, port } = new URL(own.baseUrl)
    const socket = connect(Number(port), hostname)
    const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve))
    await new Promise((resolve) => socket.once('connect', resolve))
    await own.close()
    await closed
  })

  it('cannot name a request that nobody has read', async () => {
    await expect(fault({ kind: 'half-open' }, { pathContains: '/nodes' })).rejects.toThrow('half-open takes connections')
  })
})

describe('an answer that stalls', () => {
  it.each([0, 500])('is sent up to byte %s of its body; then nothing, and the connection stays', async (afterBytes) => {
    const whole = JSON.stringify((await call(simulator.baseUrl, nodes)).body)
    await fault({ kind: 'stall', afterBytes }, { times: 1 })
    const { heard, ask } = await dial()
    ask(nodes)
    const bodyOf = (text: string) => text.slice(text.indexOf('\r\n\r\n') + 4)
    await expect.poll(() => heard.text.includes('\r\n\r\n') && bodyOf(heard.text).length).toBe(afterBytes)
    const length = Number(/content-length: (\d+)/.exec(heard.text)?.[1])
    expect(length).toBeGreaterThan(whole.length)
    expect((await send(simulator.baseUrl, nodes)).status).toBe(200)
    expect(bodyOf(heard.text)).toHaveLength(afterBytes)
    expect(heard.isClosed).toBe(false)
  })
})

describe('drift of a field', () => {
  const items = async () => (await call(simulator.baseUrl, nodes)).items
  const drift = (effect: Omit<Extract<FaultInput['effect'], { kind: 'field' }>, 'kind'>) => fault({ kind: 'field', ...effect }, { times: 1 })

  it.each([
    ['allocatableMilliCpu', 'text', (value: unknown) => String(value)],
    ['createdAt', 'number', () => 0],
    ['nodeName', 'list', (value: unknown) => [value]],
    ['labels', 'text', (value: unknown) => JSON.stringify(value)],
    ['lifeCycle', 'object', (value: unknown) => ({ value })],
    ['vmSize', 'null', () => null],
    ['nodeStatus', 'boolean', () => true],
  ] as const)('changes the type of %s to %s', async (path, as, expected) => {
    const before = await items()
    await drift({ path, as })
    expect((await items()).map((item) => item[path])).toEqual(before.map((item) => expected(item[path])))
  })

  it('renames a key and keeps its value', async () => {
    const before = await items()
    await drift({ path: 'nodePoolName', renameTo: 'agentPoolName' })
    const after = await items()
    expect(after.map(({ agentPoolName }) => agentPoolName)).toEqual(before.map(({ nodePoolName }) => nodePoolName))
    expect(after.some((item) => 'nodePoolName' in item)).toBe(false)
  })

  it('adds a field nobody knows', async () => {
    await drift({ path: 'futureField', value: { nested: [1] } })
    expect((await items()).every(({ futureField }) => JSON.stringify(futureField) === '{"nested":[1]}')).toBe(true)
  })

  it('can meet every third item only', async () => {
    await drift({ path: 'nodeName', every: 3 })
    const lost = (await items()).map((item, index) => ('nodeName' in item ? null : index)).filter((index) => index !== null)
    expect(lost.length).toBeGreaterThan(3)
    expect(lost.every((index) => index % 3 === 2)).toBe(true)
  })
})
