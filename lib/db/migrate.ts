import 'server-only'
import path from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type postgres from 'postgres'
import { AppError } from '@/lib/errors'

/** By this name servers know each other among the sessions of a PostgreSQL. */
export const serverName = 'slipway'

const refusal = (detail: string) => new AppError('storage_unavailable', { detail })

const tooNew = () =>
  refusal('The database was carried over by a newer version of Slipway, and this one would read it wrongly. Start the newer version here, or give this one the database as it was before.')
const stillServed = (servers: number) =>
  refusal(
    `An earlier version of Slipway is at work on this database (${servers} ${servers === 1 ? 'connection' : 'connections'}) and could not read it any more once this one has carried it over. End the earlier servers: this one then goes on by itself.`,
  )

/** The moment of the last migration that was carried out here; null where there was none. */
const lastDone = async (sql: postgres.Sql): Promise<number | null> => {
  const [table] = await sql<{ is_there: boolean }[]>`select to_regclass('drizzle.__drizzle_migrations') is not null as is_there`
  if (table?.is_there !== true) return null
  const [row] = await sql<{ last: string | null }[]>`select max(created_at) as last from drizzle.__drizzle_migrations`
  return row?.last == null ? null : Number(row.last)
}

const otherServers = async (sql: postgres.Sql): Promise<number> => {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from pg_stat_activity where application_name = ${serverName} and datname = current_database()`
  return row?.count ?? 0
}

const ledger = `create schema if not exists drizzle;
create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);`

/**
 * Brings the tables up to date, all of it or nothing. Throws `storage_unavailable` with a sentence where the
 * database is newer than this server, or older while servers that could not read it afterwards are at work on it.
 */
export const migrateDatabase = async (sql: postgres.Sql): Promise<void> => {
  const all = readMigrationFiles({ migrationsFolder: path.join(process.cwd(), 'lib/db/migrations') })
  const last = await lastDone(sql)
  if (last !== null && last > (all.at(-1)?.folderMillis ?? 0)) throw tooNew()
  const due = all.filter(({ folderMillis }) => last === null || folderMillis > last)
  if (due.length === 0) return
  const servers = last === null ? 0 : await otherServers(sql)
  if (servers > 0) throw stillServed(servers)
  const steps = due.map(({ sql: statements, hash, folderMillis }) => `${statements.join(';\n')};\ninsert into drizzle.__drizzle_migrations (hash, created_at) values ('${hash}', ${folderMillis});`)
  // One message is one transaction of the server's own: in a block of the driver a lost connection would end this process.
  await sql.unsafe([ledger, ...steps].join('\n')).simple()
}
