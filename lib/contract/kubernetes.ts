import { z } from 'zod'

/** How this server reads Kubernetes of one cluster, and what its last reading brought. */
const kubernetesConnection = z.object({
  clusterId: z.string(),
  name: z.string(),
  /** Null where the settings name no way to the cluster. */
  way: z.union([z.object({ kind: z.literal('in-cluster') }), z.object({ kind: z.literal('context'), context: z.string() })]).nullable(),
  /** Null while nothing was read since the server started; `problem` is that of the first kind that failed. */
  last: z.object({ readAtMs: z.number().nullable(), failedKinds: z.number(), kinds: z.number(), problem: z.string().nullable() }).nullable(),
})
export type KubernetesConnection = z.infer<typeof kubernetesConnection>

export const kubernetesAnswer = z.object({ connections: z.array(kubernetesConnection) })
export type KubernetesAnswer = z.infer<typeof kubernetesAnswer>
