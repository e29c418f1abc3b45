import 'server-only'
import type { PresetsAnswer } from '@/lib/contract/presets'
import { deletePreset as deleteRow } from '@/lib/db/queries/presets'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { readPresets, unknownPreset } from './read-presets'

/** Takes a preset away for the whole account. Plans that were made from it keep their options. Throws `not_found`. */
export const deletePreset: Verb<{ clusterId: string; presetId: string }, PresetsAnswer> = async ({ ctx, input: { clusterId, presetId } }) => {
  await requireCluster(ctx, clusterId)
  if (!(await deleteRow(ctx.db, { accountId: ctx.session.accountId, id: presetId }))) throw unknownPreset()
  return readPresets(ctx, clusterId)
}
