import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import type postgres from 'postgres'
import journal from '@/lib/db/migrations/meta/_journal.json'

/** How many migrations an earlier version had that wrote a record row by row. */
export const earlierMigrations = journal.entries.findIndex(({ tag }) => tag.startsWith('0008_'))

/** Brings an empty database to where the earlier version had it, and records a run of `count` changes as that one did. */
export const asEarlierVersion = async (sql: postgres.Sql, count: number): Promise<void> => {
  const migrationsFolder = await mkdtemp(path.join(tmpdir(), 'slipway-earlier-'))
  await cp('lib/db/migrations', migrationsFolder, { recursive: true })
  const meta = path.join(migrationsFolder, 'meta/_journal.json')
  const all = JSON.parse(await readFile(meta, 'utf8')) as typeof journal
  await writeFile(meta, JSON.stringify({ ...all, entries: all.entries.slice(0, earlierMigrations) }))
  await migrate(drizzle(sql), { migrationsFolder })
  await rm(migrationsFolder, { recursive: true, force: true })
  await sql`insert into runs (id, account_id, cluster_id, migration_id, source, comment, options, status, counts, seq, created_at)
    values (7, 'act-1', 'o-1', 'scr-1', 'slipway', 'wave 1', '{}', 'COMPLETED', '{}', ${count}, now())`
  await sql`insert into run_changes select 7, n, now(), 'log', jsonb_build_object('text', 'line ' || n) from generate_series(1, ${count}::int) as n`
}
