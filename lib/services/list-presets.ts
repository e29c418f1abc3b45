import 'server-only'
import type { PresetsAnswer } from '@/lib/contract/presets'
import { requireCluster } from './cluster-access'
import type { Verb } from './context'
import { readPresets } from './read-presets'

/** The account's presets as they offer themselves in a cluster. Throws like the upstream's Get Cluster. */
export const listPresets: Verb<{ clusterId: string }, PresetsAnswer> = async ({ ctx, input: { clusterId } }) => {
  await requireCluster(ctx, clusterId)
  return readPresets(ctx, clusterId)
}
