import { z } from 'zod'

/**
 * A node of the cluster that is new since the run began (Spot API, Get Cluster Nodes); null is "not said".
 * `isNamed`: its pool is among those that the run says it scaled; else the node may have come for another reason.
 */
export const landedNode = z.object({
  nodeName: z.string(),
  poolName: z.string().nullable(),
  vngId: z.string().nullable(),
  vngName: z.string().nullable(),
  lifecycle: z.string().nullable(),
  zone: z.string().nullable(),
  vmSize: z.string().nullable(),
  /** What pods may use of it. */
  milliCpu: z.number().nullable(),
  isNamed: z.boolean(),
})
export type LandedNode = z.infer<typeof landedNode>

const place = { onNew: z.number(), onOld: z.number(), elsewhere: z.number(), pending: z.number() }

const podsRead = z.object({
  state: z.literal('read'),
  /** Pods of the workloads that stood on the run's nodes, by where they run now. */
  ...place,
  /** The scheduler's words about pending pods, the most frequent first; at most five. */
  reasons: z.array(z.object({ reason: z.string(), pods: z.number() })),
  /** Workloads and stand-alone pods (`namespace/name`) seen on the run's nodes and told by no look before. */
  workloads: z.array(z.string()),
  standAlone: z.array(z.object({ pod: z.string(), nodeName: z.string() })),
  /** Stand-alone pods told before that are gone now. */
  goneStandAlone: z.array(z.string()),
  /** In a run that respects restrict scale down: its nodes with a pod that restricts it, told by no look before. */
  restricted: z.array(z.string()).optional(),
  /** After a batch and with the last look: where each workload runs, those with pending pods first; `left` more are not told. */
  places: z.array(z.object({ workload: z.string(), ...place })),
  left: z.number(),
  /** With the last look: the run's nodes that are still there, with their pods but for daemon sets. */
  oldNodes: z.array(z.object({ nodeName: z.string(), isCordoned: z.boolean(), pods: z.number() })),
})

export const landedPods = z.discriminatedUnion('state', [z.object({ state: z.literal('not-connected') }), z.object({ state: z.literal('failed'), sentence: z.string() }), podsRead])
export type LandedPods = z.infer<typeof landedPods>
export type LandedPodsRead = z.infer<typeof podsRead>

/**
 * A look at the cluster before the first batch (`batch` 0), after a batch, and at the end. Only what differs
 * from the look before is told, so that a long run stays small. What came and went between two looks is not seen.
 */
export const landingFacts = z.object({
  batch: z.number().nullable(),
  isLast: z.boolean(),
  /** Why Spot's list of nodes was not read; the lists of nodes are empty then and say nothing. */
  problem: z.string().nullable(),
  newNodes: z.array(landedNode),
  goneNew: z.array(z.string()),
  /** Nodes of the run that are no longer in the list; with the first look: that are not in it. */
  goneOld: z.array(z.string()),
  backOld: z.array(z.string()),
  /** Share of spot that a group asks for, in percent; with the last look. */
  targets: z.array(z.object({ vngId: z.string(), spotPercentage: z.number() })),
  pods: landedPods,
})
export type LandingFacts = z.infer<typeof landingFacts>
