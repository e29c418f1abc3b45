import 'server-only'
import type { DraftAnswer, DraftBody } from '@/lib/contract/draft'
import { updateDraft as updateRow } from '@/lib/db/queries/drafts'
import { findLaunchOfDraft } from '@/lib/db/queries/launches'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { draftAnswerOf, unknownDraft } from './draft-answer'

/** Replaces the selection and the choices of a draft. Throws `not_found`. */
export const updateDraft: Verb<{ clusterId: string; draftId: string; body: DraftBody }, DraftAnswer> = async ({ ctx, input: { clusterId, draftId, body } }) => {
  await requireCluster(ctx, clusterId)
  const row = await updateRow(ctx.db, { accountId: ctx.session.accountId, clusterId, id: draftId }, { body, now: new Date(ctx.now()) })
  if (row === null) throw unknownDraft()
  return draftAnswerOf(row, await findLaunchOfDraft(ctx.db, { accountId: ctx.session.accountId, clusterId, draftId }))
}
