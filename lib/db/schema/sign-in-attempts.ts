import { bigserial, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Failed sign-ins, kept for as long as they count against an address or a token. Both are hashed. */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    addressHash: text('address_hash').notNull(),
    tokenHash: text('token_hash').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (table) => [index('sign_in_attempts_address').on(table.addressHash, table.at), index('sign_in_attempts_token').on(table.tokenHash, table.at)],
)
