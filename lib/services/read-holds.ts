import 'server-only'
import type { Hold, HoldsAnswer } from '@/lib/contract/holds'
import { listHolds, type HoldRow } from '@/lib/db/queries/holds'
import type { Context } from './context'

const holdOf = ({ id, kind, name, reason, heldBy, createdAt, endsAt }: HoldRow): Hold => ({
  holdId: id,
  kind,
  name,
  reason,
  heldBy,
  createdAtMs: createdAt.getTime(),
  endsAtMs: endsAt?.getTime() ?? null,
})

/** The holds of a cluster that count now. For callers that have seen that the session's token can read the cluster. */
export const readHolds = async (ctx: Context, clusterId: string): Promise<HoldsAnswer> => {
  const nowMs = ctx.now()
  const rows = await listHolds(ctx.db, { accountId: ctx.session.accountId, clusterId }, new Date(nowMs))
  return { holds: rows.map(holdOf), fetchedAtMs: nowMs }
}
