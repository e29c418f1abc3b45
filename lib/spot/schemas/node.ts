import { z } from 'zod'
import { labels, optionalNumber, optionalText } from './parts'

/** A node of the cluster (Spot API, Get Cluster Nodes). VNG fields are set for Ocean-managed nodes only. */
export const node = z.object({
  nodeId: optionalText,
  nodeName: z.string().min(1),
  nodePoolName: optionalText,
  virtualNodeGroupId: optionalText,
  virtualNodeGroupName: optionalText,
  vmSize: optionalText,
  lifeCycle: optionalText,
  availabilityZone: optionalText,
  commitmentType: optionalText,
  ipAddress: optionalText,
  osImage: optionalText,
  operatingSystem: optionalText,
  architecture: optionalText,
  /** `TRUE`, `FALSE` or `UNKNOWN`, as text. */
  nodeStatus: optionalText,
  registrationStatus: optionalText,
  createdAt: optionalText,
  labels,
  /** Text form, `key=value:NO_SCHEDULE`. */
  taints: z.array(z.string()).nullish().transform((list) => list ?? []),
  workloadRequestedMilliCpu: optionalNumber,
  workloadRequestedMemoryInMiB: optionalNumber,
  workloadRequestedGpu: optionalNumber,
  headroomRequestedMilliCpu: optionalNumber,
  headroomRequestedMemoryInMiB: optionalNumber,
  headroomRequestedGpu: optionalNumber,
  allocatableMilliCpu: optionalNumber,
  allocatableMemoryInMiB: optionalNumber,
  allocatableGpu: optionalNumber,
})
export type SpotNode = z.infer<typeof node>
