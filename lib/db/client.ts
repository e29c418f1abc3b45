import 'server-only'
import path from 'node:path'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { superviseEmbedded, type Supervisor, type SupervisorLog } from './embedded/supervisor'
import { storageError } from './errors'
import { tables } from './schema/tables'

export type Database = PostgresJsDatabase<typeof tables>
/** A database or a transaction on it. */
export type Queryable = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

export type OpenDatabase = {
  db: Database
  sql: postgres.Sql
  kind: 'embedded' | 'postgres'
  /** The process that owns the embedded data, null with PostgreSQL. */
  ownerPid: () => number | null
  close: () => Promise<void>
}

export type DatabaseOptions = { databaseUrl: string | null; dataDir: string; log: SupervisorLog }

const migrationsFolder = () => path.join(process.cwd(), 'lib/db/migrations')
const migrationLock = 7_301_944

const common = { onnotice: () => {}, connect_timeout: 10 } as const

/** One connection: all connections of the embedded database share a session, so transactions would mix. */
const connectEmbedded = (port: number) =>
  postgres({ ...common, host: '127.0.0.1', port, database: 'postgres', username: 'postgres', max: 1, prepare: false, ssl: false, fetch_types: false, backoff: () => 0.2 })

const migrateLocked = async (sql: postgres.Sql, isShared: boolean) => {
  if (!isShared) return migrate(drizzle(sql), { migrationsFolder: migrationsFolder() })
  // The migrator takes no lock of its own; two replicas that start together would both run it.
  const reserved = await sql.reserve()
  try {
    await reserved`select pg_advisory_lock(${migrationLock})`
    await migrate(drizzle(sql), { migrationsFolder: migrationsFolder() })
  } finally {
    await reserved`select pg_advisory_unlock(${migrationLock})`.catch(() => {})
    reserved.release()
  }
}

const watchdogMs = 15_000

/** A child whose query does not come back spins (seen on a full disk): it is ended and started anew. */
const startWatchdog = (sql: postgres.Sql, owner: Supervisor, log: SupervisorLog) => {
  let isAsking = false
  const timer = setInterval(() => {
    if (isAsking) {
      log.warn({}, 'the embedded database does not answer and is ended')
      owner.kill()
    }
    isAsking = true
    void sql`select 1`.then(
      () => (isAsking = false),
      () => (isAsking = false),
    )
  }, watchdogMs)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * Opens the database and brings its tables up to date. Throws `storage_unavailable` with a sentence when
 * that cannot be done.
 */
export const openDatabase = async ({ databaseUrl, dataDir, log }: DatabaseOptions): Promise<OpenDatabase> => {
  const owner = databaseUrl === null ? await superviseEmbedded(dataDir, log) : null
  const sql = owner === null ? postgres(databaseUrl as string, { ...common, max: 8 }) : connectEmbedded(owner.port)
  const stopWatchdog = owner === null ? () => {} : startWatchdog(sql, owner, log)
  const close = async () => {
    stopWatchdog()
    await sql.end({ timeout: 2 })
    await owner?.close()
  }
  try {
    await migrateLocked(sql, owner === null)
  } catch (cause) {
    await close()
    throw storageError(cause)
  }
  return { db: drizzle(sql, { schema: tables }), sql, kind: owner === null ? 'postgres' : 'embedded', ownerPid: () => owner?.pid() ?? null, close }
}
