import 'server-only'
import type { SessionAnswer } from '@/lib/contract/session'
import type { Verb } from './context'

/** Who is signed in, to what, and what this installation is. Named field by field: nothing secret can slip in. */
export const getSession: Verb<void, SessionAnswer> = async ({ ctx: { session, installation } }) => ({
  accountId: session.accountId,
  accountName: session.accountName,
  displayName: session.displayName,
  expiresAtMs: session.expiresAtMs,
  upstream: installation.upstream,
  isSimulator: installation.isSimulator,
  database: installation.database,
  version: installation.version,
  retentionDays: installation.retentionDays,
})
