import type { Migration } from '@/lib/spot/schemas/migration'
import { hasEnded } from '../run-rules'

const toMs = (text: string | null): number | null => {
  const ms = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

/** When a migration began by its own word. */
export const startOf = ({ createdAt }: Pick<Migration, 'createdAt'>): number | null => toMs(createdAt)

/** The moments at which a migration ended by its own word, whichever way. */
export const endsOf = ({ completedAt, stoppedAt, erredAt }: Migration) => ({ completedAtMs: toMs(completedAt), stoppedAtMs: toMs(stoppedAt), erredAtMs: toMs(erredAt) })

/** When a migration ended by its own word. */
export const endOf = (migration: Migration): number | null => {
  const { completedAtMs, stoppedAtMs, erredAtMs } = endsOf(migration)
  return completedAtMs ?? stoppedAtMs ?? erredAtMs
}

/** True while a run goes on. One of an unknown status does until it has an end. */
export const isOnNow = (migration: Migration): boolean => !hasEnded(migration.status, endOf(migration))
