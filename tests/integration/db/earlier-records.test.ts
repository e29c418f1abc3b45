import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { someChanges } from '@/tests/factories/rows'
import { onBothDatabases } from './support/both'

const statementsOf = (name: string) => readFileSync(`lib/db/migrations/${name}.sql`, 'utf8').split('--> statement-breakpoint')

onBothDatabases((database) => {
  test('a record that was written row by row is read as it was seen', async () => {
    const seen = someChanges(1, 5)
    const stored = await database().sql.begin(async (sql) => {
      await sql`create schema earlier`
      await sql`set local search_path to earlier`
      await sql`create table run_changes (run_id bigint not null, seq integer not null, at timestamptz not null, kind text not null, body jsonb not null, primary key (run_id, seq))`
      for (const { seq, atMs, kind, body } of seen)
        await sql`insert into run_changes values (7, ${seq}, ${new Date(atMs).toISOString()}::text::timestamptz, ${kind}, ${JSON.stringify(body)}::text::jsonb)`
      for (const name of ['0008_changes_written_at_once', '0009_changes_row_by_row_gone']) for (const statement of statementsOf(name)) await sql.unsafe(statement)
      const rows = await sql`select * from run_changes order by seq`
      await sql`drop schema earlier cascade`
      return rows
    })
    expect(stored.map((row) => ({ ...row }))).toEqual(seen.map((change) => ({ run_id: '7', seq: change.seq, changes: [change] })))
  })
})
