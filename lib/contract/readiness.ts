import { z } from 'zod'
import { kubeKinds, type KubeKind } from '@/lib/domain/kube-facts'
import { finding, readinessStates } from '@/lib/domain/readiness/finding'

/** One kind of Kubernetes fact: read when, or why not. */
const kubePart = z.object({
  kind: z.enum(kubeKinds as [KubeKind, ...KubeKind[]]),
  readAtMs: z.number().nullable(),
  problem: z.object({ sentence: z.string(), remedy: z.string() }).nullable(),
})

const nodeReadiness = z.object({
  nodeName: z.string(),
  readiness: z.enum(readinessStates),
  /** Indexes into `findings`. */
  findings: z.array(z.number()),
})


const workloadRow = z.object({
  /** `kind/namespace/name`; kind `Pod` for a stand-alone pod. */
  key: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  replicas: z.number().nullable(),
  pods: z.number(),
  readyPods: z.number(),
  /** Indexes into `nodes`. */
  nodes: z.array(z.number()),
  pdbs: z.array(z.object({ name: z.string(), disruptionsAllowed: z.number(), currentHealthy: z.number(), desiredHealthy: z.number() })),
  findings: z.array(z.number()),
})
export type WorkloadRow = z.infer<typeof workloadRow>

/** What stands in the way of each node, from Spot and, where it is connected, from Kubernetes. */
export const readinessAnswer = z.object({
  nodes: z.array(nodeReadiness),
  workloads: z.array(workloadRow),
  findings: z.array(finding),
  /** Indexes into `findings`: about the cluster as a whole. */
  cluster: z.array(z.number()),
  kubernetes: z.object({ isConnected: z.boolean(), parts: z.array(kubePart) }),
  fetchedAtMs: z.number(),
})
export type ReadinessAnswer = z.infer<typeof readinessAnswer>
