import 'server-only'
import type { DraftAnswer } from '@/lib/contract/draft'
import type { DraftRow } from '@/lib/db/queries/drafts'
import type { LaunchRow } from '@/lib/db/queries/launches'
import { AppError } from '@/lib/errors'
import { launchAnswerOf } from './launch-view'

/** A stored draft as it leaves. */
export const draftAnswerOf = (row: DraftRow, launch: LaunchRow | null): DraftAnswer => ({
  ...row.body,
  draftId: row.id,
  clusterId: row.clusterId,
  createdBy: row.createdBy,
  createdAtMs: row.createdAt.getTime(),
  updatedAtMs: row.updatedAt.getTime(),
  launch: launch === null ? null : launchAnswerOf(launch),
})

/** The same for a draft that never was and for another account's. */
export const unknownDraft = () => new AppError('not_found', { detail: 'This plan does not exist, or belongs to another account. Select the nodes again.' })
