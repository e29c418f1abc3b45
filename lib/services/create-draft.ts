import 'server-only'
import { randomUUID } from 'node:crypto'
import { newDraftPreferences, type DraftAnswer, type NewDraftBody, type PreferencesForm } from '@/lib/contract/draft'
import { insertDraft, type DraftRow } from '@/lib/db/queries/drafts'
import { findDefaultPreset } from '@/lib/db/queries/presets'
import { requireCluster } from './cluster-access'
import type { Context, Verb } from './context'
import { draftAnswerOf } from './draft-answer'

/** Options of a new plan: the cluster's default preset, else what the API documents. */
const startingPoint = async (ctx: Context, clusterId: string): Promise<PreferencesForm> => {
  const preset = await findDefaultPreset(ctx.db, { accountId: ctx.session.accountId, clusterId })
  return { ...newDraftPreferences, ...preset?.options }
}

/** Keeps a selection on the server, where everybody of the account can open it by its address. */
export const createDraft: Verb<{ clusterId: string; body: NewDraftBody }, DraftAnswer> = async ({ ctx, input: { clusterId, body } }) => {
  await requireCluster(ctx, clusterId)
  const at = new Date(ctx.now())
  const { accountId, displayName } = ctx.session
  const row: DraftRow = { id: randomUUID(), accountId, clusterId, createdBy: displayName, changedBy: null, changedIn: null, body: { ...body, preferences: body.preferences ?? (await startingPoint(ctx, clusterId)) }, createdAt: at, updatedAt: at }
  await insertDraft(ctx.db, row)
  return draftAnswerOf(row, null)
}
