import 'server-only'
import { randomUUID } from 'node:crypto'
import type { DraftAnswer, DraftBody } from '@/lib/contract/draft'
import { insertDraft, type DraftRow } from '@/lib/db/queries/drafts'
import type { Verb } from './context'
import { draftAnswerOf } from './draft-answer'

/** Keeps a selection on the server, where everybody of the account can open it by its address. */
export const createDraft: Verb<{ clusterId: string; body: DraftBody }, DraftAnswer> = async ({ ctx, input: { clusterId, body } }) => {
  const at = new Date(ctx.now())
  const { accountId, displayName } = ctx.session
  const row: DraftRow = { id: randomUUID(), accountId, clusterId, createdBy: displayName, body, createdAt: at, updatedAt: at }
  await insertDraft(ctx.db, row)
  return draftAnswerOf(row)
}
