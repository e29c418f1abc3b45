import 'server-only'
import type { DraftsAnswer } from '@/lib/contract/draft'
import { deleteDraft as deleteRow } from '@/lib/db/queries/drafts'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { unknownDraft } from './draft-answer'
import { readDrafts } from './list-drafts'

/** Forgets a plan, whoever made it. Nothing that was started from it changes. Throws `not_found`. */
export const deleteDraft: Verb<{ clusterId: string; draftId: string }, DraftsAnswer> = async ({ ctx, input: { clusterId, draftId } }) => {
  await requireCluster(ctx, clusterId)
  if (!(await deleteRow(ctx.db, { accountId: ctx.session.accountId, clusterId, id: draftId }))) throw unknownDraft()
  return readDrafts(ctx, clusterId)
}
