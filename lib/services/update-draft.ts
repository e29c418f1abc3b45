import 'server-only'
import type { DraftAnswer, DraftChange } from '@/lib/contract/draft'
import { findDraft, updateDraft as updateRow, type DraftRow } from '@/lib/db/queries/drafts'
import { findLaunchOfDraft } from '@/lib/db/queries/launches'
import { AppError } from '@/lib/errors'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { draftAnswerOf, unknownDraft } from './draft-answer'

const changedElsewhere = ({ changedBy, createdBy, updatedAt }: DraftRow) => {
  const who = changedBy ?? createdBy
  return new AppError('draft_changed', { detail: `${who} has changed it after this page had read it. What was changed here is not saved.`, facts: { changedBy: who, changedAtMs: updatedAt.getTime() } })
}

/** Replaces the selection and the choices of a draft. Throws `not_found`, and `draft_changed` (who and when in `facts`) where the page has not seen the last change. */
export const updateDraft: Verb<{ clusterId: string; draftId: string; change: DraftChange }, DraftAnswer> = async ({ ctx, input: { clusterId, draftId, change } }) => {
  await requireCluster(ctx, clusterId)
  const { accountId, displayName } = ctx.session
  const where = { accountId, clusterId, id: draftId }
  const { knownAtMs, pageId, ...body } = change
  const row = await updateRow(ctx.db, where, { body, changedBy: displayName, changedIn: pageId, knownAt: new Date(knownAtMs), now: new Date(ctx.now()) })
  if (row !== null) return draftAnswerOf(row, await findLaunchOfDraft(ctx.db, { accountId, clusterId, draftId }))
  const other = await findDraft(ctx.db, where)
  throw other === null ? unknownDraft() : changedElsewhere(other)
}
