import 'server-only'
import type { DraftAnswer } from '@/lib/contract/draft'
import { findDraft } from '@/lib/db/queries/drafts'
import { findLaunchOfDraft } from '@/lib/db/queries/launches'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { draftAnswerOf, unknownDraft } from './draft-answer'

/** A draft of the account. Throws `not_found`. */
export const getDraft: Verb<{ clusterId: string; draftId: string }, DraftAnswer> = async ({ ctx, input: { clusterId, draftId } }) => {
  await requireCluster(ctx, clusterId)
  const row = await findDraft(ctx.db, { accountId: ctx.session.accountId, clusterId, id: draftId })
  if (row === null) throw unknownDraft()
  return draftAnswerOf(row, await findLaunchOfDraft(ctx.db, { accountId: ctx.session.accountId, clusterId, draftId }))
}
