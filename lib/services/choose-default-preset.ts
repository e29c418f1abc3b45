import 'server-only'
import type { PresetsAnswer } from '@/lib/contract/presets'
import { clearDefaultPreset, setDefaultPreset } from '@/lib/db/queries/presets'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { readPresets, unknownPreset } from './read-presets'

type Input = { clusterId: string; presetId: string | null }

/** Says what new plans of a cluster start from; null is the API's defaults. Plans that are open stay as they are. Throws `not_found`. */
export const chooseDefaultPreset: Verb<Input, PresetsAnswer> = async ({ ctx, input: { clusterId, presetId } }) => {
  await requireCluster(ctx, clusterId)
  const place = { accountId: ctx.session.accountId, clusterId }
  if (presetId === null) await clearDefaultPreset(ctx.db, place)
  else if (!(await setDefaultPreset(ctx.db, place, presetId))) throw unknownPreset()
  return readPresets(ctx, clusterId)
}
