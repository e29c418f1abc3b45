import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type OpenDatabase } from '@/lib/db/client'
import { storageError } from '@/lib/db/errors'
import { insertDraft } from '@/lib/db/queries/drafts'
import { aDraft } from '@/tests/factories/rows'
import { quietLog } from '@/tests/support/database'
import { mountSmallDisk } from './support/small-disk'

const spareBytes = 4 * 1024 * 1024
const disk = mountSmallDisk()

describe.skipIf(!disk.isMounted)(`a full disk${disk.skipped}`, () => {
  const { dataDir, prepare, fill, free, remove } = disk
  let database: OpenDatabase

  const write = () => {
    const nodeNames = Array.from({ length: 500 }, () => randomBytes(100).toString('hex'))
    const row = aDraft()
    return insertDraft(database.db, { ...row, body: { ...row.body, nodeNames } }).then(
      () => 'done',
      (error: unknown) => storageError(error).code,
    )
  }

  beforeAll(async () => {
    await prepare()
    database = await openDatabase({ databaseUrl: null, dataDir, log: quietLog })
  })
  afterAll(async () => {
    await database.close()
    remove()
  })

  test('is told as such on every write, leaves reading alone, and is over once there is space', async () => {
    expect(await write()).toBe('done')
    fill(spareBytes)
    await expect.poll(write, { timeout: 60_000, interval: 1 }).toBe('storage_full')
    expect([await write(), await write()]).toEqual(['storage_full', 'storage_full'])
    const [kept] = await database.sql<{ n: number }[]>`select count(*)::int as n from drafts`
    expect(kept?.n).toBeGreaterThan(0)
    free()
    await expect.poll(write, { timeout: 60_000, interval: 100 }).toBe('done')
    const [now] = await database.sql<{ n: number }[]>`select count(*)::int as n from drafts`
    expect(now?.n).toBe((kept?.n ?? 0) + 1)
  })
})
