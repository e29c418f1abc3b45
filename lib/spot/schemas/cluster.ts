import { z } from 'zod'
import { optionalNumber, optionalText } from './parts'
import { scheduling } from './scheduling'
import { vngSpec } from './vng'

/** An Ocean AKS cluster (Spot API, Ocean AKS, Get Cluster). */
export const cluster = z.object({
  id: z.string(),
  name: z.string().nullish().transform((name) => name ?? ''),
  controllerClusterId: optionalText,
  aks: z
    .object({ clusterName: optionalText, resourceGroupName: optionalText, region: optionalText })
    .nullish()
    .transform((aks) => aks ?? { clusterName: null, resourceGroupName: null, region: null }),
  autoScaler: z
    .object({
      isEnabled: z.boolean().nullish(),
      resourceLimits: z.object({ maxVCpu: optionalNumber, maxMemoryGib: optionalNumber }).nullish(),
    })
    .nullish(),
  virtualNodeGroupTemplate: vngSpec.nullish(),
  scheduling: scheduling.nullish(),
  createdAt: optionalText,
  updatedAt: optionalText,
})
export type Cluster = z.infer<typeof cluster>

/** A cluster with every field the API has for it; what has a type here is what is read of it. */
export const clusterDocument = z.looseObject({ id: z.string(), aks: cluster.shape.aks, virtualNodeGroupTemplate: z.record(z.string(), z.unknown()).nullish() })
export type ClusterDocument = z.infer<typeof clusterDocument>

/** The controller's heartbeat. The call is documented for AWS and GKE; `status` has no enum (example ACTIVE). */
export const heartbeat = z.object({ status: z.string(), lastHeartbeat: optionalText })
export type Heartbeat = z.infer<typeof heartbeat>
