import 'server-only'
import { sql } from 'drizzle-orm'
import type { Queryable } from '@/lib/db/client'

/** Throws `storage_unavailable` when the database does not answer. */
export const checkReady = async (db: Queryable): Promise<{ status: 'ready' }> => {
  await db.execute(sql`select 1`)
  return { status: 'ready' }
}
