import { statSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase, type OpenDatabase } from '@/lib/db/client'
import { makeDataDir, openTestDatabase, quietLog, type TestDatabase } from '@/tests/support/database'
import { removeDir } from '@/tests/support/remove-dir'
import { startScript } from './support/processes'
import { repeats } from '@/tests/support/soak'

const open = (dataDir: string) => openDatabase({ databaseUrl: null, dataDir, log: quietLog })
const wait = { timeout: 30_000, interval: 50 }

let database: TestDatabase

const pidOf = ({ ownerPid }: OpenDatabase): number => ownerPid() ?? -1
const answers = ({ sql }: OpenDatabase) =>
  sql`select 1`.then(
    () => true,
    () => false,
  )
const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

beforeEach(async () => {
  database = await openTestDatabase()
})
afterEach(() => database.remove())

test('a second owner of the data directory is refused and told who holds it', async () => {
  await expect(open(database.dataDir)).rejects.toMatchObject({ code: 'storage_unavailable', detail: expect.stringContaining(`process ${pidOf(database)}`) })
  expect(await answers(database)).toBe(true)
})

test('nobody but this user may reach the database or read its files', () => {
  const modeOf = (name: string) => statSync(path.join(database.dataDir, name)).mode & 0o077
  expect(['', 'pglite', 'database.sock', 'slipway.lock'].map(modeOf)).toEqual([0, 0, 0, 0])
})

// The directory is killed under load again and again: what was acknowledged must be there each time.
test('what was acknowledged is there after every kill of the owner, and the pool finds the next one', async () => {
  const { sql } = database
  await sql`create table kept (id int primary key)`
  let acknowledged = 0
  for (let kill = 0; kill < repeats(3, 60); kill += 1) {
    const victim = pidOf(database)
    let isOn = true
    const writing = (async () => {
      while (isOn) {
        await sql`insert into kept values (${acknowledged + 1})`
        acknowledged += 1
      }
    })().catch(() => {})
    const target = acknowledged + 20
    await expect.poll(() => acknowledged >= target, wait).toBe(true)
    process.kill(victim, 'SIGKILL')
    isOn = false
    await writing
    await expect.poll(() => answers(database), wait).toBe(true)
    expect(pidOf(database)).not.toBe(victim)
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from kept`
    // A row more than was acknowledged is one whose answer was lost with the process.
    expect([acknowledged, acknowledged + 1]).toContain(row?.n)
    acknowledged = row?.n ?? 0
  }
})

// A full disk was seen to leave it spinning; a stopped process answers as little.
test('an owner that no longer answers is ended, and the next one serves the same pool', async () => {
  const dataDir = await makeDataDir()
  const watched = await openDatabase({ databaseUrl: null, dataDir, log: quietLog, watchdogMs: 500 })
  await watched.sql`create table kept as select 7 as id`
  const stuck = pidOf(watched)
  process.kill(stuck, 'SIGSTOP')
  await expect.poll(async () => (await watched.sql`select id from kept`.catch(() => []))[0]?.id, wait).toBe(7)
  expect(pidOf(watched)).not.toBe(stuck)
  expect(isRunning(stuck)).toBe(false)
  await watched.close()
  await removeDir(dataDir)
})

test('closing ends the owner, frees the directory and leaves no socket', async () => {
  const pid = pidOf(database)
  await database.close()
  expect(isRunning(pid)).toBe(false)
  const again = await open(database.dataDir)
  expect(await answers(again)).toBe(true)
  await again.close()
  expect(() => statSync(path.join(database.dataDir, 'slipway.lock'))).toThrow()
  expect(() => statSync(path.join(database.dataDir, 'database.sock'))).toThrow()
})

test('closing while the owner is being started again leaves no process behind', async () => {
  process.kill(pidOf(database), 'SIGKILL')
  await expect.poll(() => database.ownerPid()).toBeNull()
  await database.close()
  expect(database.ownerPid()).toBeNull()
  const again = await open(database.dataDir)
  await again.close()
})

test('a data directory whose path is too long for a socket works all the same', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'slipway-long-'))
  const deep = await open(path.join(root, 'd'.repeat(120)))
  expect(await answers(deep)).toBe(true)
  await deep.close()
  await removeDir(root)
})

test('a server that was killed frees its directory: the next one waits for the owner it left', async () => {
  const dataDir = await makeDataDir()
  const killed = await startScript('serve.mjs', dataDir)
  await killed.end()
  const next = await open(dataDir)
  expect(pidOf(next)).not.toBe(Number(killed.line))
  await next.close()
  await removeDir(dataDir)
})

test('an owner that is stuck after its server was killed is ended by the next server', async () => {
  const dataDir = await makeDataDir()
  const killed = await startScript('serve.mjs', dataDir)
  process.kill(Number(killed.line), 'SIGSTOP')
  await killed.end()
  const next = await open(dataDir)
  expect(await answers(next)).toBe(true)
  await next.close()
  await removeDir(dataDir)
})

test('a directory that cannot be used is a sentence that names the setting', async () => {
  const file = path.join(database.dataDir, 'slipway.lock')
  await expect(open(path.join(file, 'data'))).rejects.toMatchObject({ code: 'storage_unavailable', detail: expect.stringMatching(/^The data directory .* cannot be used \(ENOTDIR\).*SLIPWAY_DATA_DIR/) })
})

test('a database that cannot be read is a sentence, and its directory is free again', async () => {
  const dataDir = await makeDataDir()
  await writeFile(path.join(dataDir, 'pglite', 'PG_VERSION'), '9')
  await expect(open(dataDir)).rejects.toMatchObject({ code: 'storage_unavailable', detail: expect.stringMatching(/^The embedded database in .* cannot be opened/) })
  await writeFile(path.join(dataDir, 'pglite', 'PG_VERSION'), await readFile(path.join(database.dataDir, 'pglite', 'PG_VERSION')))
  const next = await open(dataDir)
  expect(await answers(next)).toBe(true)
  await next.close()
  await removeDir(dataDir)
})
