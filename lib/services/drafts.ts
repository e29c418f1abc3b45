import 'server-only'
import { randomUUID } from 'node:crypto'
import type { DraftAnswer, DraftBody } from '@/lib/contract/draft'
import { storageError } from '@/lib/db/errors'
import { findDraft, insertDraft, updateDraft as update, type DraftRow } from '@/lib/db/queries/drafts'
import { AppError } from '@/lib/errors'
import type { Verb } from './context'

const answerOf = (row: DraftRow): DraftAnswer => ({
  ...row.body,
  draftId: row.id,
  clusterId: row.clusterId,
  createdBy: row.createdBy,
  createdAtMs: row.createdAt.getTime(),
  updatedAtMs: row.updatedAt.getTime(),
})

const unknownDraft = () => new AppError('not_found', { detail: 'This plan does not exist, or belongs to another account. Select the nodes again.' })

const stored = <Value>(promise: Promise<Value>): Promise<Value> =>
  promise.catch((error: unknown) => {
    throw storageError(error)
  })

/** Keeps a selection on the server, where everybody of the account can open it by its address. */
export const createDraft: Verb<{ clusterId: string; body: DraftBody }, DraftAnswer> = async ({ ctx, input: { clusterId, body } }) => {
  const at = new Date(ctx.now())
  const row: DraftRow = { id: randomUUID(), accountId: ctx.session.accountId, clusterId, createdBy: ctx.session.displayName, body, createdAt: at, updatedAt: at }
  await stored(insertDraft(ctx.db, row))
  return answerOf(row)
}

export const getDraft: Verb<{ clusterId: string; draftId: string }, DraftAnswer> = async ({ ctx, input: { clusterId, draftId } }) => {
  const row = await stored(findDraft(ctx.db, { accountId: ctx.session.accountId, clusterId, id: draftId }))
  if (row === null) throw unknownDraft()
  return answerOf(row)
}

export const updateDraft: Verb<{ clusterId: string; draftId: string; body: DraftBody }, DraftAnswer> = async ({ ctx, input: { clusterId, draftId, body } }) => {
  const row = await stored(update(ctx.db, { accountId: ctx.session.accountId, clusterId, id: draftId }, { body, now: new Date(ctx.now()) }))
  if (row === null) throw unknownDraft()
  return answerOf(row)
}
