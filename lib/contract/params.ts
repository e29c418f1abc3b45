import { z } from 'zod'
import { clusterId, migrationId, vngId } from '@/lib/spot/schemas/ids'

/** Parts of our own addresses. Ids are checked by prefix; what does not look like one names nothing. */
export const clusterParams = z.object({ clusterId })
export const draftParams = clusterParams.extend({ draftId: z.uuid('There is no such plan.') })
export const presetParams = clusterParams.extend({ presetId: z.uuid('There is no such preset.') })
export const launchParams = clusterParams.extend({ launchId: z.uuid('There is no such launch.') })
export const migrationParams = clusterParams.extend({ migrationId })
/** Kubernetes' own form for names of nodes. */
export const nodeParams = clusterParams.extend({ nodeName: z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'There is no such node.') })
export const vngParams = clusterParams.extend({ vngId })
