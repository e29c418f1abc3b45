import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator } from '@/tests/support/simulator'
import { call, demoCluster, groupsPath, send } from './support/call'
import { killSimulators, listenAs, readLines, runSimulator, spawnSimulator } from './support/process'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simulator-state-'))
  file = path.join(folder, 'state.jsonl')
})
afterEach(() => {
  killSimulators()
  rmSync(folder, { recursive: true, force: true })
})

const hourMs = 3_600_000
const startMs = Date.UTC(2026, 0, 10)
const runs = `${demoCluster}/migration`

const readRun = async (baseUrl: string, id: string) => {
  const { status, items } = await call(baseUrl, `${runs}/${id}`)
  expect(status).toBe(200)
  return items[0] as Record<string, unknown>
}
const detailOf = (run: Record<string, unknown>) => (run.migrationProgress as { detailedStatus: { oldNodes: { nodeName: string; status: string }[] } }).detailedStatus
const start = async (baseUrl: string) => String((await call(baseUrl, runs, { method: 'POST', body: { nodePoolNames: ['npweb'], comment: 'kept' } })).items[0]?.id)
const makeGroup = async (baseUrl: string, name: string) => String((await call(baseUrl, groupsPath, { method: 'POST', body: { virtualNodeGroup: { name, oceanId: 'o-demo0001' } } })).items[0]?.id)

/** All that can be read of the clusters, as text. */
const everything = async (baseUrl: string): Promise<string> => {
  const paths = ['/ocean/azure/np/cluster', groupsPath, `${demoCluster}/nodes`, runs, `${demoCluster}/migration/discovery?shouldFetchPods=true`, `${demoCluster}/log?fromDate=2025-01-01&toDate=2100-01-01&limit=1000`]
  const answers: unknown[] = []
  for (const one of paths) answers.push((await call(baseUrl, one)).items)
  return JSON.stringify(answers)
}

describe('a kept state, in one process after another', () => {
  let nowMs = startMs
  const open = (flags: Partial<Parameters<typeof startSimulator>[0]> = {}) => startSimulator({ nodes: 40, speed: 10, stateFile: file, ...flags }, () => nowMs)

  beforeEach(() => {
    nowMs = startMs
  })

  it('is the same to the last byte, whatever was done', async () => {
    const first = await open({ scenario: 'mixed' })
    const { baseUrl, admin } = first
    const vngId = await makeGroup(baseUrl, 'a')
    const gone = await makeGroup(baseUrl, 'b')
    nowMs += 20_000
    await send(baseUrl, `${groupsPath}/${vngId}`, { method: 'PUT', body: { virtualNodeGroup: { strategy: { drainingTimeout: 900 } } } })
    await send(baseUrl, `${groupsPath}/${gone}`, { method: 'DELETE' })
    const aks = { clusterName: 'new', resourceGroupName: 'rg', region: 'eastus', infrastructureResourceGroupName: 'MC' }
    await send(baseUrl, '/ocean/azure/np/cluster', { method: 'POST', body: { cluster: { name: 'new', controllerClusterId: 'new', aks, virtualNodeGroupTemplate: {} } } })
    await send(baseUrl, '/ocean/azure/np/cluster/o-demo0002', { method: 'DELETE' })
    await admin.time({ speed: 3.7 })
    const id = await start(baseUrl)
    nowMs += 61_234
    await admin.time({ skipMs: 123_456.5 })
    await admin.twin({ kind: 'controller', clusterId: 'o-demo0001', isSilent: true })
    await admin.twin({ kind: 'controller', clusterId: 'o-demo0001', isSilent: false })
    await admin.token({ token: 'second-token', isRevoked: true })
    await admin.wire({ progressKey: 'progress' })
    expect((await send(baseUrl, runs, { method: 'POST', body: { nodePoolNames: ['npweb'] } })).status).toBe(400)
    nowMs += 5_000
    await send(baseUrl, `${runs}/${id}/stop`, { method: 'PUT' })
    const before = await everything(baseUrl)
    await first.close()
    const written = readFileSync(file, 'utf8')

    const second = await open({ scenario: 'mixed', speed: 3.7 })
    expect(readFileSync(file, 'utf8')).toBe(written)
    expect(await everything(second.baseUrl)).toBe(before)
    expect((await send(second.baseUrl, demoCluster, { token: 'second-token' })).status).toBe(401)
    expect((await second.admin.createdMigrations())['o-demo0001']).toBe(1)
    await second.close()
  })

  it('lives on while nobody runs it, with the stamps it would have had', async () => {
    const first = await open()
    const id = await start(first.baseUrl)
    nowMs += 10_000
    await first.close()
    nowMs += hourMs
    const second = await open()
    const away = await readRun(second.baseUrl, id)
    await second.close()
    rmSync(file)

    nowMs = startMs
    const through = await open()
    const same = await start(through.baseUrl)
    nowMs += 10_000 + hourMs
    expect(away).toEqual(await readRun(through.baseUrl, same))
    expect(away.status).toBe('COMPLETED')
    expect(Date.parse(String(away.completedAt))).toBeLessThan(startMs + hourMs)
    await through.close()
  })

  it('stands still after thirty days of its own time, so that a start does not take minutes', async () => {
    const first = await open({ speed: 10_000 })
    const id = await start(first.baseUrl)
    await first.close()
    nowMs += 365 * 24 * hourMs
    // Ten thousand years of the twin's time: to live through them would outlast any test.
    const second = await open({ speed: 10_000 })
    expect((await readRun(second.baseUrl, id)).status).toBe('COMPLETED')
    const { items } = await call(second.baseUrl, '/ocean/k8s/cluster/o-demo0001/controllerHeartbeat')
    expect(items).toEqual([{ status: 'ACTIVE', lastHeartbeat: new Date(nowMs).toISOString() }])
    await second.close()
  })

  it('gives back the file when it is closed, and when it cannot listen', async () => {
    const first = await open()
    await expect(open()).rejects.toThrow(`The state in ${file} is in use by process ${process.pid}.`)
    await first.close()
    const port = Number(new URL((await (await open()).close(), (await startSimulator()).baseUrl)).port)
    await expect(open({ port })).rejects.toThrow('EADDRINUSE')
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  it('ignores a last line that was being written, and writes on behind the one before', async () => {
    const first = await open()
    const kept = await makeGroup(first.baseUrl, 'kept')
    await first.close()
    appendFileSync(file, '{"kind":"command","atMs":12,"clu')
    const second = await open()
    const next = await makeGroup(second.baseUrl, 'next')
    await second.close()
    const third = await open()
    const ids = (await call(third.baseUrl, groupsPath)).items.map(({ id }) => id)
    await third.close()
    expect(ids).toEqual(expect.arrayContaining([kept, next]))
  })

  it.each([
    ['a file of something else', 'dear diary\n', 'holds something else than the state of a simulator'],
    ['a file without an end of line', 'x', 'holds something else than the state of a simulator'],
    ['a later format', '{"kind":"slipway-simulator-state","format":99}\n', 'has format 99, and this simulator reads format 2'],
    ['a header without its clock', '{"kind":"slipway-simulator-state","format":2}\n', 'The first line of the state in'],
  ])('refuses %s and leaves it as it was', async (_name, text, sentence) => {
    writeFileSync(file, text)
    await expect(open()).rejects.toThrow(sentence)
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  it('refuses other clusters than those it was made with, a damaged line, and another outcome', async () => {
    const first = await open()
    await makeGroup(first.baseUrl, 'a')
    await first.close()
    const text = readFileSync(file, 'utf8')
    await expect(open({ nodes: 41 })).rejects.toThrow(`The state in ${file} was made with --nodes 40, not with --nodes 41.`)
    await expect(open({ pods: 10 })).rejects.toThrow('was made with no --pods, not with --pods 10.')
    await expect(open({ scenario: 'mixed' })).rejects.toThrow('was made with --scenario calm, not with --scenario mixed.')
    expect(readFileSync(file, 'utf8')).toBe(text)
    writeFileSync(file, text.replace('create-vng', 'make-vng'))
    await expect(open()).rejects.toThrow('comes out differently now')
    writeFileSync(file, text.replace(/vng-[0-9a-f]{8}/, 'vng-00000001'))
    await expect(open()).rejects.toThrow('comes out differently now')
    writeFileSync(file, `${text}nonsense\n${text.split('\n')[1]}\n`)
    await expect(open()).rejects.toThrow('Line 3 of the state')
  })

  it('takes over from a process that is no more', async () => {
    const first = await open()
    await first.close()
    writeFileSync(`${file}.lock`, '4194000 1\n')
    const second = await open()
    expect(readFileSync(`${file}.lock`, 'utf8')).toContain(`${process.pid} `)
    await second.close()
  })
})

describe('a state that cannot be kept', () => {
  it('ends the simulator in a sentence, and what could not be written is not done', async () => {
    const child = spawnSimulator('--port', '0', '--nodes', '20', '--state', file)
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    const ended = once(child, 'close')
    const [line = ''] = await readLines(child, 1)
    rmSync(file)
    mkdirSync(file)
    const answer = await send(line.slice('listening on '.length), groupsPath, { method: 'POST', body: { virtualNodeGroup: { name: 'a', oceanId: 'o-demo0001' } } }).catch(() => null)
    expect([null, 500]).toContain(answer?.status ?? null)
    expect((await ended)[0]).toBe(1)
    expect(err).toBe(`The state in ${file} cannot be written (EISDIR). The simulator ends, so that it does not go on without it.\n`)
  })

  it('is refused at the start where its folder is not there', async () => {
    const elsewhere = path.join(folder, 'nowhere', 'state.jsonl')
    const { code, err } = await runSimulator('--port', '0', '--state', elsewhere)
    expect(code).toBe(1)
    expect(err).toBe(`The state in ${elsewhere} cannot be locked (ENOENT). Give a file in a folder that this user may write, with --state.\n`)
  })
})

describe.each(['SIGKILL', 'SIGTERM'] as const)('a process that ends by %s in the middle of a migration', (signal) => {
  it('leaves a run that goes on to its end, on the same nodes', async () => {
    const flags = ['--nodes', '40', '--speed', '20', '--state', file]
    const first = await listenAs(...flags)
    const vngId = await makeGroup(first.baseUrl, 'made')
    const id = await start(first.baseUrl)
    await first.admin.time({ skipMs: 400_000 })
    const before = await readRun(first.baseUrl, id)
    expect(before.status).toBe('IN_PROGRESS')
    await first.end(signal)
    expect(await runSimulator(...flags, '--nodes', '41', '--port', '0')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('was made with --nodes 40') as string })

    const second = await listenAs(...flags)
    const after = await readRun(second.baseUrl, id)
    expect(after).toMatchObject({ id, createdAt: before.createdAt, numOfBatches: before.numOfBatches })
    expect(detailOf(after).oldNodes.map(({ nodeName }) => nodeName)).toEqual(detailOf(before).oldNodes.map(({ nodeName }) => nodeName))
    for (const [index, { status }] of detailOf(before).oldNodes.entries()) if (status === 'REPLACED') expect(detailOf(after).oldNodes[index]?.status).toBe('REPLACED')
    expect((await call(second.baseUrl, `${groupsPath}/${vngId}`)).items[0]?.name).toBe('made')
    expect((await runSimulator(...flags, '--port', '0')).err).toContain('is in use by process')
    await second.admin.time({ skipMs: 14_400_000 })
    expect((await readRun(second.baseUrl, id)).status).toBe('COMPLETED')
    await second.end('SIGKILL')
  })
})
