import 'server-only'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { superviseEmbedded, type Supervisor, type SupervisorLog } from './embedded/supervisor'
import { storageError } from './errors'
import { migrateDatabase, serverName } from './migrate'
import { tables } from './schema/tables'

/** Without transaction blocks: what belongs together is one statement (the reason is with `appendChanges`). */
export type Database = Omit<PostgresJsDatabase<typeof tables>, 'transaction'>
/** What most queries need of it. */
export type Queryable = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

export type OpenDatabase = {
  db: Database
  sql: postgres.Sql
  kind: 'embedded' | 'postgres'
  /** The process that owns the embedded data, null with PostgreSQL. */
  ownerPid: () => number | null
  close: () => Promise<void>
}

export type DatabaseOptions = {
  databaseUrl: string | null
  dataDir: string
  log: SupervisorLog
  /** How often the owner of the embedded data is asked whether it still answers. */
  watchdogMs?: number
}

const migrationLock = 7_301_944
const migrationLockTimeoutMs = 60_000

/** No column is an array, so their types need not be asked for; a connection lost while asking ends the process. */
const common = { onnotice: () => {}, connect_timeout: 10, fetch_types: false } as const

/** One connection: all connections of the embedded database share a session, so their statements would mix. */
const connectEmbedded = (socket: string) =>
  postgres({ ...common, path: socket, database: 'postgres', username: 'postgres', max: 1, prepare: false, ssl: false, backoff: () => 0.2 })

/** Seconds until the next try to connect: the driver's own pauses grow to twenty, long after a database is back. */
const backoffSeconds = (retries: number) => Math.min(0.1 * 2 ** retries, 2)

const statementTimeoutMs = 30_000

const connectPostgres = (databaseUrl: string) =>
  postgres(databaseUrl, { ...common, max: 8, backoff: backoffSeconds, connection: { application_name: serverName, statement_timeout: statementTimeoutMs } })

/** The migrator takes no lock of its own: two replicas that start together would both run it. */
const migrateShared = async (databaseUrl: string) => {
  const lone = postgres(databaseUrl, { ...common, max: 1, connection: { application_name: `${serverName} migrations`, lock_timeout: migrationLockTimeoutMs } })
  try {
    await lone`select pg_advisory_lock(${migrationLock})`
    await migrateDatabase(lone)
  } finally {
    await lone.end({ timeout: 2 }) // The lock ends with its session.
  }
}

const openEmbedded = async ({ dataDir, log, watchdogMs = defaultWatchdogMs }: DatabaseOptions): Promise<OpenDatabase> => {
  const owner = await superviseEmbedded(dataDir, log)
  const sql = connectEmbedded(owner.socket)
  let stopWatchdog = () => {}
  const close = async () => {
    stopWatchdog()
    await sql.end({ timeout: 2 })
    await owner.close()
  }
  try {
    await migrateDatabase(sql)
  } catch (cause) {
    await close()
    throw storageError(cause)
  }
  // Not before: a large record that is carried over may take longer than a query may.
  stopWatchdog = startWatchdog(sql, owner, log, watchdogMs)
  return { db: drizzle(sql, { schema: tables }), sql, kind: 'embedded', ownerPid: owner.pid, close }
}

const openShared = async (databaseUrl: string): Promise<OpenDatabase> => {
  await migrateShared(databaseUrl).catch((cause: unknown) => {
    throw storageError(cause)
  })
  const sql = connectPostgres(databaseUrl)
  return { db: drizzle(sql, { schema: tables }), sql, kind: 'postgres', ownerPid: () => null, close: () => sql.end({ timeout: 2 }) }
}

const defaultWatchdogMs = 15_000

/** A child whose query does not come back spins (seen on a full disk): it is ended and started anew. */
const startWatchdog = (sql: postgres.Sql, owner: Supervisor, log: SupervisorLog, watchdogMs: number) => {
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
export const openDatabase = (options: DatabaseOptions): Promise<OpenDatabase> => (options.databaseUrl === null ? openEmbedded(options) : openShared(options.databaseUrl))
