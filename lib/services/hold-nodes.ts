import 'server-only'
import { randomUUID } from 'node:crypto'
import type { HoldRequest, HoldsAnswer } from '@/lib/contract/holds'
import { deleteEndedHolds, putHolds } from '@/lib/db/queries/holds'
import { AppError } from '@/lib/errors'
import { requireCluster } from './cluster-access'
import type { Context, Verb } from './context'
import { readHolds } from './read-holds'

type Input = { clusterId: string; request: HoldRequest }

const longestMs = 366 * 24 * 3_600_000

const refuseEnd = (message: string) => new AppError('invalid_input', { detail: message, issues: [{ path: 'endsAtMs', message }] })

const endOf = ({ endsAtMs }: HoldRequest, nowMs: number): Date | null => {
  if (endsAtMs === null) return null
  if (endsAtMs <= nowMs) throw refuseEnd('The end of a hold lies in the future.')
  if (endsAtMs > nowMs + longestMs) throw refuseEnd('The end of a hold is at most a year away. Leave it out to hold until somebody releases.')
  return new Date(endsAtMs)
}

const rowsOf = (ctx: Context, { clusterId, request }: Input, at: Date) => {
  const { accountId, displayName } = ctx.session
  const shared = { accountId, clusterId, kind: request.kind, reason: request.reason, heldBy: displayName, createdAt: at, endsAt: endOf(request, at.getTime()) }
  return [...new Set(request.names)].map((name) => ({ ...shared, id: randomUUID(), name }))
}

/**
 * Holds nodes or pools; a hold on the same name is replaced. A name that the cluster does not list is held
 * all the same: it may come back, and the list shows it. Nothing is sent to Spot. Throws `invalid_input` for
 * an end that is past or too far, and what Get Cluster throws.
 */
export const holdNodes: Verb<Input, HoldsAnswer> = async ({ ctx, input }) => {
  await requireCluster(ctx, input.clusterId)
  const at = new Date(ctx.now())
  const rows = rowsOf(ctx, input, at)
  await deleteEndedHolds(ctx.db, { accountId: ctx.session.accountId, clusterId: input.clusterId }, at)
  await putHolds(ctx.db, rows)
  return readHolds(ctx, input.clusterId)
}
