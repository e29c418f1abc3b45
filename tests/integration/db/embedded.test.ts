import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '@/lib/db/client'
import { openTestDatabase, quietLog, type TestDatabase } from '@/tests/support/database'

let database: TestDatabase

beforeEach(async () => {
  database = await openTestDatabase()
})
afterEach(() => database.remove())

test('a second owner of the data directory is refused and told who holds it', async () => {
  const second = openDatabase({ databaseUrl: null, dataDir: database.dataDir, log: quietLog })
  await expect(second).rejects.toMatchObject({ code: 'storage_unavailable', detail: expect.stringContaining(`process ${database.ownerPid()}`) })
})

test('what was acknowledged is there after the owner was killed, and the pool finds the new one', async () => {
  await database.sql`create table kept (id int)`
  await database.sql`insert into kept values (1)`
  const before = database.ownerPid() as number
  process.kill(before, 'SIGKILL')
  await expect
    .poll(async () => {
      try {
        const [row] = await database.sql`select count(*)::int as n from kept`
        return row?.n as number
      } catch {
        return null
      }
    }, { timeout: 30_000 })
    .toBe(1)
  expect(database.ownerPid()).not.toBe(before)
})

test('the lock of a dead process is taken over', async () => {
  await database.close()
  const lock = path.join(database.dataDir, 'slipway.lock')
  expect(existsSync(lock)).toBe(false)
  writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 - 3, startedAt: '1' }))
  const next = await openDatabase({ databaseUrl: null, dataDir: database.dataDir, log: quietLog })
  expect(await next.sql`select 1 as one`).toEqual([{ one: 1 }])
  await next.close()
})
