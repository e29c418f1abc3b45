import { z } from 'zod'

/** Processor time in thousandths of a core, memory in MiB, GPUs. */
const amounts = z.object({ milliCpu: z.number(), memoryMiB: z.number(), gpu: z.number() })

const taint = z.object({ key: z.string(), value: z.string(), effect: z.string() })

/** A group, or the template, with what was left blank taken from the template or the vendor's default. */
const rehearsalGroup = z.object({
  name: z.string(),
  availabilityZones: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  taints: z.array(taint),
  /** Sizes of its new nodes in the order in which they are tried; empty where nothing is said of them. */
  vmSizes: z.array(z.string()),
  /** Why there are none although the group has filters: `none-passes`, no size can; `none-known`, none of the table does. */
  sizeGap: z.enum(['none-passes', 'none-known']).nullable(),
  osType: z.enum(['Linux', 'Windows']),
  /** Null where it is not said, or new nodes may be of either. */
  architecture: z.enum(['amd64', 'arm64']).nullable(),
  osSku: z.string().nullable(),
  maxPodsPerNode: z.number(),
  minCount: z.number(),
  maxCount: z.number(),
  spotPercentage: z.number(),
  fallbackToOd: z.boolean(),
  drainingTimeoutSeconds: z.number(),
})
export type RehearsalGroup = z.infer<typeof rehearsalGroup>

/** Labels, without the node's own name, and taints: few and shared by whole pools. */
const carrier = z.object({ labels: z.record(z.string(), z.string()), taints: z.array(taint) })
export type Carrier = z.infer<typeof carrier>

const rehearsalNode = z.object({
  nodeName: z.string(),
  poolName: z.string(),
  /** Index into `carriers`. */
  carrier: z.number(),
  /** Set for nodes that Ocean manages. */
  vngId: z.string().nullable(),
  /** Spot lists it among the nodes that can be moved. */
  isDiscovered: z.boolean(),
  /** What Spot says of where the node leads: a group's id, `Default`, null for none; absent where it says nothing. */
  match: z.string().nullable().optional(),
  vmSize: z.string(),
  /** As Azure names it, `westeurope-1`. */
  zone: z.string(),
  isSpot: z.boolean(),
  allocatable: amounts.nullable(),
  maxPods: z.number(),
  isReady: z.boolean(),
  isCordoned: z.boolean(),
  /** By Spot's own count: what is rehearsed with where Kubernetes was not read. Null where Spot gives none. */
  runningPods: z.number().nullable(),
  requested: amounts.nullable(),
})
export type RehearsalNode = z.infer<typeof rehearsalNode>

const requirement = z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()) })
const term = z.object({ expressions: z.array(requirement), fields: z.array(requirement) })
const toleration = z.object({ key: z.string().nullable(), operator: z.enum(['Equal', 'Exists']), value: z.string(), effect: z.string().nullable() })

const rehearsalWorkload = z.object({
  /** The owner's kind, `Pod` for a pod that nobody owns. */
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  requests: amounts,
  nodeSelector: z.record(z.string(), z.string()),
  requiredAffinity: z.array(term).nullable(),
  preferredAffinity: z.array(requirement),
  tolerations: z.array(toleration),
  /** It must be near other pods, apart from them, or spread, which is not rehearsed. */
  isTiedToPods: z.boolean(),
  /** Its pods carry the label `spotinst.io/restrict-scale-down: "true"`, or the annotation that they are not safe to evict. */
  isScaleDownRestricted: z.boolean(),
  /** Indexes into `budgets`. */
  budgets: z.array(z.number()),
})
export type RehearsalWorkload = z.infer<typeof rehearsalWorkload>

const rehearsalBudget = z.object({
  namespace: z.string(),
  name: z.string(),
  minAvailable: z.union([z.number(), z.string()]).nullable(),
  maxUnavailable: z.union([z.number(), z.string()]).nullable(),
  expectedPods: z.number(),
})
export type RehearsalBudget = z.infer<typeof rehearsalBudget>

/** `unready` runs and is not ready now. `bound`: its volume is a disk of its node, so that no other node takes it. */
export const podStates = ['sound', 'unready', 'bound'] as const

/**
 * A pod: indexes into `workloads`, `nodes` (-1 without a node), `podStates`, and `zones` (-1 without a volume
 * that is tied to one). The answer is made of thousands of them.
 */
const podTuple = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type PodTuple = z.infer<typeof podTuple>

/** What Kubernetes adds. */
const rehearsalPods = z.object({
  workloads: z.array(rehearsalWorkload),
  budgets: z.array(rehearsalBudget),
  zones: z.array(z.string()),
  pods: z.array(podTuple),
  areBudgetsRead: z.boolean(),
  areVolumesRead: z.boolean(),
})
export type RehearsalPods = z.infer<typeof rehearsalPods>

/** Everything that a rehearsal starts from, each thing once. */
export const rehearsalFacts = z.object({
  cluster: z.object({ id: z.string(), name: z.string(), region: z.string(), resourceGroup: z.string(), maxVCpu: z.number().nullable(), maxMemoryGiB: z.number().nullable() }),
  template: rehearsalGroup,
  groups: z.array(rehearsalGroup.extend({ vngId: z.string() })),
  carriers: z.array(carrier),
  nodes: z.array(rehearsalNode),
  /** Null where Kubernetes is not connected or its pods were not read. */
  kubernetes: rehearsalPods.nullable(),
})
export type RehearsalFacts = z.infer<typeof rehearsalFacts>
