import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type OpenDatabase } from '@/lib/db/client'
import { storageError } from '@/lib/db/errors'
import { insertDraft } from '@/lib/db/queries/drafts'
import { aDraft } from '@/tests/factories/rows'
import { makeDataDir, quietLog } from '@/tests/support/database'

const diskMb = 64
const spareMb = 4

/** A small disk of one's own, or null where this user may not mount one. */
const mountDisk = (): string | null => {
  const place = mkdtempSync(path.join(tmpdir(), 'slipway-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m,mode=0700`, 'tmpfs', place], { stdio: 'ignore' })
    return place
  } catch {
    rmSync(place, { recursive: true, force: true })
    return null
  }
}

const disk = mountDisk()
const title = disk === null ? 'a full disk (skipped: this user may not mount a small one)' : 'a full disk'

describe.skipIf(disk === null)(title, () => {
  const place = disk ?? ''
  const ballast = path.join(place, 'ballast')
  let database: OpenDatabase

  const freeMb = () => Math.floor(Number(execFileSync('df', ['--output=avail', '-k', place], { encoding: 'utf8' }).split('\n')[1]) / 1024)
  const write = () => {
    const nodeNames = Array.from({ length: 500 }, () => randomBytes(100).toString('hex'))
    const row = aDraft()
    return insertDraft(database.db, { ...row, body: { ...row.body, nodeNames } }).then(
      () => 'done',
      (error: unknown) => storageError(error).code,
    )
  }

  beforeAll(async () => {
    const made = await makeDataDir()
    cpSync(made, path.join(place, 'data'), { recursive: true })
    rmSync(made, { recursive: true, force: true })
    database = await openDatabase({ databaseUrl: null, dataDir: path.join(place, 'data'), log: quietLog })
  })
  afterAll(async () => {
    await database.close()
    execFileSync('umount', [place])
    rmSync(place, { recursive: true, force: true })
  })

  test('is told as such on every write, leaves reading alone, and is over once there is space', async () => {
    expect(await write()).toBe('done')
    writeFileSync(ballast, randomBytes((freeMb() - spareMb) * 1024 * 1024))
    await expect.poll(write, { timeout: 60_000, interval: 1 }).toBe('storage_full')
    expect([await write(), await write()]).toEqual(['storage_full', 'storage_full'])
    const [kept] = await database.sql<{ n: number }[]>`select count(*)::int as n from drafts`
    expect(kept?.n).toBeGreaterThan(0)
    rmSync(ballast)
    await expect.poll(write, { timeout: 60_000, interval: 100 }).toBe('done')
    const [now] = await database.sql<{ n: number }[]>`select count(*)::int as n from drafts`
    expect(now?.n).toBe((kept?.n ?? 0) + 1)
  })
})
