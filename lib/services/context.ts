import 'server-only'
import type { Database, OpenDatabase } from '@/lib/db/client'
import type { KubeReader } from '@/lib/kube/reader'
import type { Live } from '@/lib/live/live'
import type { SpotClient } from '@/lib/spot/client'
import type { Vault } from '@/lib/vault/vault'

/** Who is asking. The token itself is inside `spot` and `token`, never in an answer. */
export type SessionInfo = {
  /** Hash of the session's secret id; safe to log. */
  sessionId: string
  accountId: string
  accountName: string | null
  organizationId: string | null
  displayName: string
  expiresAtMs: number
}

export type Log = {
  debug: (fields: Record<string, unknown>, message: string) => void
  info: (fields: Record<string, unknown>, message: string) => void
  warn: (fields: Record<string, unknown>, message: string) => void
  error: (fields: Record<string, unknown>, message: string) => void
}

/** Facts about this installation that a page may show. */
export type Installation = { upstream: string; isSimulator: boolean; database: OpenDatabase['kind']; version: string; retentionDays: number | null }

/** What a verb works with. */
export type Context = {
  session: SessionInfo
  /** The session's Spot token, for verbs that keep a sealed copy. */
  token: string
  spot: SpotClient
  db: Database
  live: Live
  kube: KubeReader
  vault: Vault
  installation: Installation
  now: () => number
  log: Log
  requestId: string
  /** Aborts when the caller has gone. */
  signal: AbortSignal
  /** Ends the session: its row, its streams, and every answer that was read with its token. */
  endSession: () => Promise<void>
}

export type Verb<Input, Output> = (call: { ctx: Context; input: Input }) => Promise<Output>
