import { z } from 'zod'
import { poolScaling } from './pool-scaling'

/** A budget over pods of the cluster, with what its controller last counted. */
const planBudget = z.object({
  /** `namespace/name`. */
  name: z.string(),
  disruptionsAllowed: z.number(),
  currentHealthy: z.number(),
  desiredHealthy: z.number(),
})
export type PlanBudget = z.infer<typeof planBudget>

/** What Kubernetes says of the pods that a drain of this node evicts. Pods are `namespace/name`. */
const nodePods = z.object({
  moved: z.number(),
  standalone: z.array(z.string()),
  /** Marked so that Ocean and the autoscaler leave their node alone. */
  restricted: z.array(z.string()),
  /** Indexes into `workloads` of those pods. */
  restrictedWorkloads: z.array(z.number()),
  /** Covered by two budgets, which Kubernetes refuses to evict. */
  inTwoBudgets: z.array(z.string()),
  /** Indexes into `budgets`: pods under it, how many of them it refuses now, and indexes into `workloads` of all of them. */
  budgets: z.array(z.object({ budget: z.number(), pods: z.number(), refused: z.number(), workloads: z.array(z.number()) })),
  /** Indexes into `workloads`. */
  workloads: z.array(z.number()),
})
export type NodePods = z.infer<typeof nodePods>

/** What moves off a node: processor time in thousandths of a core, memory in MiB. */
const amounts = z.object({ milliCpu: z.number(), memoryMiB: z.number() })
export type Amounts = z.infer<typeof amounts>

const planNodeFacts = z.object({
  nodeName: z.string(),
  /** Index into `landings`; null where it leads nowhere or to a place that is not known. */
  landing: z.number().nullable(),
  zone: z.string().nullable(),
  allocatable: amounts.nullable(),
  requested: amounts.nullable(),
  /** Null where pods were not read. */
  pods: nodePods.nullable(),
})
export type PlanNodeFacts = z.infer<typeof planNodeFacts>

const planLanding = z.object({
  /** Null for the template. */
  vngId: z.string().nullable(),
  name: z.string(),
  nodesNow: z.number(),
  maxCount: z.number().nullable(),
  zones: z.array(z.string()).nullable(),
  /** False where no VM size passes the filters. */
  hasSizes: z.boolean(),
  /** The largest size that the filters allow; null where they set no limit. */
  maxVCpu: z.number().nullable(),
  maxMemoryGiB: z.number().nullable(),
  updatedAtMs: z.number().nullable(),
})
export type PlanLanding = z.infer<typeof planLanding>

const planLimits = z.object({ maxVCpu: z.number().nullable(), maxMemoryGiB: z.number().nullable(), vCpuNow: z.number(), memoryGiBNow: z.number() })
export type PlanLimits = z.infer<typeof planLimits>

/** What may get in the way by the clock or by another's hand. */
const planSchedule = z.object({
  /** In the vendor's form, `Sat:08:00-Sun:08:00`; of the cluster, and of groups that the plan lands in. */
  shutdownHours: z.array(z.object({ of: z.string(), landing: z.number().nullable(), timeWindows: z.array(z.string()) })),
  tasks: z.array(z.object({ taskType: z.string(), cronExpression: z.string() })),
})
export type PlanSchedule = z.infer<typeof planSchedule>

/** What a plan rests on, beside the list of nodes: joined once on the server, weighed in the browser as switches turn. */
export const planFacts = z.object({
  nodes: z.array(planNodeFacts),
  budgets: z.array(planBudget),
  /** `Kind namespace/name`. */
  workloads: z.array(z.string()),
  landings: z.array(planLanding),
  /** Null where Get Cluster Nodes was not read. */
  limits: planLimits.nullable(),
  /** Nodes that Ocean manages already; null where they were not read. */
  managed: z.array(z.string()).nullable(),
  schedule: planSchedule,
  /** Rolls that are on; null where they were not read. */
  rolls: z.array(z.string()).nullable(),
  kubernetes: z.object({
    isConnected: z.boolean(),
    arePodsRead: z.boolean(),
    areBudgetsRead: z.boolean(),
    /** Workloads that look like a cluster-autoscaler of one's own; null where workloads were not read. */
    autoscalers: z.array(z.string()).nullable(),
    /** What the cluster autoscaler that scales the pools has written, AKS’s own above all. */
    poolScaling,
  }),
})
export type PlanFacts = z.infer<typeof planFacts>
