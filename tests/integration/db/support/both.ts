import { afterAll, beforeAll, describe } from 'vitest'
import { openDatabase, type OpenDatabase } from '@/lib/db/client'
import { openTestDatabase, quietLog } from '@/tests/support/database'
import { postgresMissing, startPostgres } from '@/tests/support/postgres'

type Opened = OpenDatabase & { remove: () => Promise<void> }

const openPostgres = async (): Promise<Opened> => {
  const server = await startPostgres()
  const opened = await openDatabase({ databaseUrl: server.url, dataDir: '', log: quietLog })
  const remove = async () => {
    await opened.close()
    await server.remove()
  }
  return { ...opened, remove }
}

const suite = (open: () => Promise<Opened>, define: (database: () => OpenDatabase) => void) => () => {
  let opened: Opened | undefined
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.remove())
  define(() => {
    if (opened === undefined) throw new Error('The database is not open yet.')
    return opened
  })
}

/** The same guarantees on the embedded database and on a PostgreSQL server. */
export const onBothDatabases = (define: (database: () => OpenDatabase) => void) => {
  describe('embedded', suite(openTestDatabase, define))
  describe.skipIf(postgresMissing !== null)(postgresMissing === null ? 'PostgreSQL' : `PostgreSQL (skipped: ${postgresMissing})`, suite(openPostgres, define))
}
