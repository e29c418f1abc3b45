import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { noProcess, startScript, type Started } from './support/processes'
import { repeats } from '@/tests/support/soak'

let dataDir: string
let started: Started[]
const lockFile = () => path.join(dataDir, 'slipway.lock')
const writeLock = (holder: object) => writeFileSync(lockFile(), JSON.stringify(holder))
const holderPid = () => (JSON.parse(readFileSync(lockFile(), 'utf8')) as { pid: number }).pid

const hold = async () => {
  const one = await startScript('hold-lock.mjs', dataDir)
  started.push(one)
  return one
}

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'slipway-lock-'))
  started = []
})
afterEach(async () => {
  await Promise.all(started.map(({ end }) => end()))
  rmSync(dataDir, { recursive: true, force: true })
})

test('a directory that is held is refused with the number of its holder and of the server behind it', async () => {
  const first = await hold()
  expect(first.line).toBe('held')
  const second = await hold()
  expect(second.line).toContain(`is in use by process ${first.process.pid}, which belongs to the server with process ${process.pid}.`)
  expect(second.line).toContain('SLIPWAY_DATA_DIR')
})

test('nobody but its owner may read the lock', async () => {
  await hold()
  expect(statSync(lockFile()).mode & 0o777).toBe(0o600)
})

test('the lock of a process that was killed is taken over', async () => {
  const first = await hold()
  await first.end()
  const second = await hold()
  expect([second.line, holderPid()]).toEqual(['held', second.process.pid])
})

// After a restart of the machine the number may belong to anybody.
test('a living process that only has the number of the dead holder does not keep the lock', async () => {
  writeLock({ pid: process.pid, startedAt: '1' })
  expect((await hold()).line).toBe('held')
})

test('of twelve that find a dead holder at once exactly one takes the directory, each time', async () => {
  for (let round = 0; round < repeats(4, 50); round += 1) {
    writeLock({ pid: noProcess, startedAt: '1' })
    const all = await Promise.all(Array.from({ length: 12 }, hold))
    const holders = all.filter(({ line }) => line === 'held')
    expect(holders).toHaveLength(1)
    expect(holderPid()).toBe(holders[0]?.process.pid)
    expect(all.filter(({ line }) => line.includes(`in use by process ${holderPid()}`))).toHaveLength(11)
    await holders[0]?.end()
  }
})

test('half a lock is waited for while it may be on its way, and taken over when it is old', async () => {
  writeFileSync(lockFile(), '{"pid":')
  const past = new Date(Date.now() - 60_000)
  utimesSync(lockFile(), past, past)
  expect((await hold()).line).toBe('held')
})

test('what a crash left of a takeover does not keep the next one out for ever', async () => {
  writeLock({ pid: noProcess, startedAt: '1' })
  writeFileSync(`${lockFile()}.taking`, '')
  const past = new Date(Date.now() - 60_000)
  utimesSync(`${lockFile()}.taking`, past, past)
  expect((await hold()).line).toBe('held')
})

// In another container the holder's number means nothing; its socket in the shared directory does.
test('a holder that cannot be seen but answers keeps its lock', async () => {
  const socket = path.join(dataDir, 'database.sock')
  const answering = createServer((connection) => connection.destroy())
  await new Promise<void>((resolve) => answering.listen(socket, resolve))
  writeLock({ pid: noProcess, startedAt: '1', socket })
  expect((await hold()).line).toContain(`in use by process ${noProcess}`)
  await new Promise((resolve) => answering.close(resolve))
  writeLock({ pid: noProcess, startedAt: '1', socket })
  expect((await hold()).line).toBe('held')
})
