import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase, type OpenDatabase } from '@/lib/db/client'

export const quietLog = { warn: () => {} }

export type TestDatabase = OpenDatabase & { dataDir: string; remove: () => Promise<void> }

/** An embedded database of one's own in a fresh directory. */
export const openTestDatabase = async (): Promise<TestDatabase> => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'slipway-db-'))
  const opened = await openDatabase({ databaseUrl: null, dataDir, log: quietLog })
  return {
    ...opened,
    dataDir,
    remove: async () => {
      await opened.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
