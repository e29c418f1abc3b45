import { z } from 'zod'
import { kubeKinds, type KubeKind } from '@/lib/domain/kube-facts'
import { nodeMatch } from '@/lib/domain/matching/match'
import { finding, readinessStates } from '@/lib/domain/readiness/finding'
import { node } from '@/lib/spot/schemas/node'

const labelCheck = z.object({ key: z.string(), nodeValue: z.string(), groupValue: z.string().nullable(), state: z.enum(['present', 'missing', 'value-differs']) })
const taintCheck = z.object({ taint: z.string(), state: z.enum(['equal', 'vng-lacks', 'vng-adds']) })
const condition = z.object({
  about: z.enum(['zone', 'os', 'architecture', 'size', 'gpu', 'kubernetes-version', 'max-count']),
  state: z.enum(['fits', 'does-not-fit', 'unknown']),
  node: z.string().nullable(),
  group: z.string().nullable(),
})

/** The node against one group, point by point; `vngId` null is the template. */
export const groupCheck = z.object({
  vngId: z.string().nullable(),
  name: z.string(),
  isMatch: z.boolean(),
  labels: z.array(labelCheck),
  addedLabels: z.record(z.string(), z.string()),
  taints: z.array(taintCheck),
  conditions: z.array(condition),
  preferredSizes: z.enum(['none', 'listed', 'others']),
  changes: z.number(),
})
export type GroupCheck = z.infer<typeof groupCheck>

const landingGroup = z.object({ vngId: z.string().nullable(), name: z.string() })

/** Where a pod would go when the node is drained; `group` null where nothing takes it. */
const landing = z.object({
  rule: z.enum(['only-one', 'match', 'preferred-affinity', 'least-restrictive', 'none']),
  group: landingGroup.nullable(),
  /** Groups that take it as well, the likelier first. */
  others: z.array(landingGroup),
  isCertain: z.boolean(),
  obstacle: z.string().nullable(),
  keptFromMatch: z.string().nullable(),
})
export type PodLanding = z.infer<typeof landing>

export const nodePod = z.object({
  namespace: z.string(),
  name: z.string(),
  /** Null for a stand-alone pod. */
  owner: z.object({ kind: z.string(), name: z.string() }).nullable(),
  isReady: z.boolean(),
  /** False for pods that a drain leaves alone: those of DaemonSets. */
  isMoved: z.boolean(),
  pdbs: z.array(z.object({ name: z.string(), disruptionsAllowed: z.number() })),
  /** Null for pods that stay, and where the groups or the template were not read. */
  landing: landing.nullable(),
  /** Indexes into `findings`: what rules say of this pod. */
  findings: z.array(z.number()),
})
export type NodePod = z.infer<typeof nodePod>

/** For a node that falls to Default: what the template carries itself. `unknown`: it was not read. */
const defaultSafety = z.object({ state: z.enum(['safe', 'unsafe', 'unknown']), labels: z.record(z.string(), z.string()), taints: z.array(z.string()) }).nullable()

/** Kinds of Kubernetes facts that were not read. */
const kubeKind = z.enum(kubeKinds as [KubeKind, ...KubeKind[]])

/** Everything about one node that could be migrated. */
export const nodeDetail = z.object({
  nodeName: z.string(),
  poolName: z.string(),
  runningPods: z.number().nullable(),
  match: nodeMatch,
  /** Our own answer by the documented rule; null where groups or node were not read. */
  own: z.object({ verdict: nodeMatch, podTimeVerdict: nodeMatch, isPodTimeDifferent: z.boolean(), agreement: z.enum(['agrees', 'differs', 'not-said']), defaultSafety }).nullable(),
  /** The match first, then the nearest. */
  groups: z.array(groupCheck),
  readiness: z.enum(readinessStates),
  /** What is said of the node comes first, `about` of them; what is said of single pods follows. */
  findings: z.array(finding),
  about: z.number(),
  /** Null where Kubernetes is not connected. */
  pods: z.union([z.object({ items: z.array(nodePod), unread: z.array(kubeKind) }), z.object({ problem: z.string() })]).nullable(),
  /** As Get Cluster Nodes gives it; null when it does not list the node. */
  reported: node.nullable(),
  fetchedAtMs: z.number(),
})
export type NodeDetail = z.infer<typeof nodeDetail>
