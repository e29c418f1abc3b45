import 'server-only'
import { isOnNow } from '@/lib/domain/progress/reading'
import { mayStillRead, requireCluster, unknownRun } from './cluster-access'
import type { Verb } from './context'
import { adoptUnseen, openRecorded } from './recorded-run'

type Input = { clusterId: string; migrationId: string; resumeAfter: number | null }

/**
 * A viewer's stream of one run: the record, then what follows. Refuses before it opens: `not_found`,
 * `token_not_permitted`, `too_many_streams`. A run that ended unrecorded has no stream.
 */
export const openStream: Verb<Input, ReadableStream<Uint8Array>> = async ({ ctx, input: { clusterId, migrationId, resumeAfter } }) => {
  await requireCluster(ctx, clusterId)
  const recorded = await openRecorded(ctx, clusterId, migrationId)
  const { sessionId, expiresAtMs } = ctx.session
  const viewer = { sessionId, expiresAtMs, resumeAfter, signal: ctx.signal, token: ctx.token, mayStay: () => mayStillRead(ctx, clusterId) }
  if (recorded !== null) return ctx.live.stream({ run: recorded, ...viewer })
  const { data } = await ctx.spot.getMigration(clusterId, migrationId)
  if (!isOnNow(data)) throw unknownRun()
  return ctx.live.stream({ run: await adoptUnseen(ctx, clusterId, data), ...viewer })
}
