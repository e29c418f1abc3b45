import 'server-only'
import { randomUUID } from 'node:crypto'
import type { HoldRequest, HoldsAnswer } from '@/lib/contract/holds'
import { deleteEndedHolds, putHolds } from '@/lib/db/queries/holds'
import { holdReasonOf } from '@/lib/domain/holds/covering'
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

/** Refuses while something is held that the request does not replace. */
const requireFree = async (ctx: Context, { clusterId, request: { kind, names, replaces = [] } }: Input): Promise<void> => {
  const { holds } = await readHolds(ctx, clusterId)
  const [asked, meant] = [new Set(names), new Set(replaces)]
  const held = holds.filter((hold) => hold.kind === kind && asked.has(hold.name) && !meant.has(hold.holdId))
  const [first] = held
  if (first === undefined) return
  const others = held.length === 1 ? '' : ` So ${held.length === 2 ? 'is 1 more' : `are ${held.length - 1} more`}.`
  throw new AppError('selection_held', {
    detail: `${kind === 'pool' ? 'Pool ' : ''}${first.name} is held already: ${holdReasonOf([first])}.${others} Look at it, and change it where it is shown.`,
    facts: { [kind === 'node' ? 'nodeNames' : 'nodePoolNames']: held.slice(0, 200).map(({ name }) => name) },
  })
}

/**
 * Holds nodes or pools. A hold on the same name is replaced where the request names it, else `selection_held` is thrown: nobody ends
 * a hold that they have not seen. A name that the cluster does not list is held
 * all the same: it may come back, and the list shows it. Nothing is sent to Spot. Throws `invalid_input` for
 * an end that is past or too far, and what Get Cluster throws.
 */
export const holdNodes: Verb<Input, HoldsAnswer> = async ({ ctx, input }) => {
  await requireCluster(ctx, input.clusterId)
  const at = new Date(ctx.now())
  const rows = rowsOf(ctx, input, at)
  await deleteEndedHolds(ctx.db, { accountId: ctx.session.accountId, clusterId: input.clusterId }, at)
  await requireFree(ctx, input)
  const written = await putHolds(ctx.db, rows, { replaces: input.request.replaces ?? [], now: at })
  // Somebody was first in between.
  if (written < rows.length) await requireFree(ctx, { ...input, request: { ...input.request, replaces: rows.map(({ id }) => id) } })
  return readHolds(ctx, input.clusterId)
}
