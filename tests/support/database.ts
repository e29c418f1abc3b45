import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase, type OpenDatabase } from '@/lib/db/client'
import { copyDir } from './copy-dir'
import { removeDir } from './remove-dir'

export const quietLog = { warn: () => {} }

export type TestDatabase = OpenDatabase & { dataDir: string; remove: () => Promise<void> }

const openIn = (dataDir: string) => openDatabase({ databaseUrl: null, dataDir, log: quietLog })

const migrations = 'lib/db/migrations'

/** What decides how an empty database looks on disk: its engine and our migrations. */
const templateKey = () => {
  const hash = createHash('sha256')
  hash.update(readFileSync('node_modules/@electric-sql/pglite/package.json'))
  for (const file of readdirSync(migrations).sort()) if (file.endsWith('.sql')) hash.update(readFileSync(path.join(migrations, file)))
  return hash.digest('hex').slice(0, 12)
}

/** An empty migrated data directory, made once on this machine: making one takes seconds, copying it does not. */
const template = async (): Promise<string> => {
  const place = path.join(tmpdir(), `slipway-test-template-${templateKey()}`)
  if (existsSync(place)) return place
  const making = await mkdtemp(path.join(tmpdir(), 'slipway-test-making-'))
  await openIn(making).then(({ close }) => close())
  // Another worker may have been faster: its directory is as good.
  await rename(making, place).catch(() => removeDir(making))
  return place
}

/** A data directory of one's own with an empty, migrated database. */
export const makeDataDir = async (): Promise<string> => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'slipway-db-'))
  await copyDir(path.join(await template(), 'pglite'), path.join(dataDir, 'pglite'))
  return dataDir
}

/** An embedded database of one's own in a fresh directory. */
export const openTestDatabase = async (): Promise<TestDatabase> => {
  const dataDir = await makeDataDir()
  const opened = await openIn(dataDir)
  return {
    ...opened,
    dataDir,
    remove: async () => {
      await opened.close()
      await removeDir(dataDir)
    },
  }
}
