import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { storedText } from './columns'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Signed-in people. The id is the hash of what the cookie holds; the Spot token is sealed. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    accountName: storedText('account_name'),
    organizationId: text('organization_id'),
    displayName: storedText('display_name').notNull(),
    sealedToken: text('sealed_token').notNull(),
    createdAt: at('created_at').notNull(),
    lastSeenAt: at('last_seen_at').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [index('sessions_expires_at').on(table.expiresAt)],
)
