import { z } from 'zod'
import { labels, optionalNumber, optionalText, scalarText, taints } from './parts'
import { scheduling } from './scheduling'

const texts = z.array(z.string()).nullish().transform((list) => list ?? null)

/** What a virtual node group and the cluster's template have in common. `null` means "from the template". */
export const vngSpec = z.object({
  availabilityZones: texts,
  labels,
  taints,
  nodeCountLimits: z
    .object({ minCount: optionalNumber, maxCount: optionalNumber })
    .nullish()
    .transform((limits) => limits ?? { minCount: null, maxCount: null }),
  strategy: z
    .object({
      spotPercentage: optionalNumber,
      fallbackToOd: z.boolean().nullish().transform((value) => value ?? null),
      drainingTimeout: optionalNumber,
      orientation: optionalText,
    })
    .nullish()
    .transform((strategy) => strategy ?? null),
  nodePoolProperties: z
    .object({
      maxPodsPerNode: optionalNumber,
      osType: optionalText,
      osSKU: optionalText,
      osDiskSizeGB: optionalNumber,
      osDiskType: optionalText,
      kubernetesVersion: scalarText.nullish().transform((value) => value ?? null),
    })
    .nullish()
    .transform((properties) => properties ?? null),
  vmSizes: z
    .object({
      preferredVmSizes: texts,
      filters: z
        .object({
          minVCpu: optionalNumber,
          maxVCpu: optionalNumber,
          minMemoryGiB: optionalNumber,
          maxMemoryGiB: optionalNumber,
          minGpu: optionalNumber,
          maxGpu: optionalNumber,
          architectures: texts,
          series: texts,
          excludeSeries: texts,
        })
        .nullish()
        .transform((filters) => filters ?? null),
    })
    .nullish()
    .transform((sizes) => sizes ?? null),
  restrictScaleDown: z.boolean().nullish().transform((value) => value ?? null),
  scheduling: scheduling.pick({ shutdownHours: true }).nullish(),
})
export type VngSpec = z.infer<typeof vngSpec>

/** A virtual node group (VNG) of an Ocean AKS cluster. */
export const vng = vngSpec.extend({
  id: z.string(),
  name: z.string().nullish().transform((name) => name ?? ''),
  oceanId: optionalText,
  createdAt: optionalText,
  updatedAt: optionalText,
})
export type Vng = z.infer<typeof vng>
