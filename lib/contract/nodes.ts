import { z } from 'zod'
import { nodeMatch } from '@/lib/domain/matching/match'
import { finding, readinessStates } from '@/lib/domain/readiness/finding'
import { node } from '@/lib/spot/schemas/node'
import { vng, vngSpec } from '@/lib/spot/schemas/vng'
import { partProblem } from './problem'

/** Labels and taints are few and shared by whole pools: they are sent once and pointed at by index. */
export const nodeSpec = z.object({ labels: z.record(z.string(), z.string()), taints: z.array(z.string()) })
export type NodeSpec = z.infer<typeof nodeSpec>

export const nodeRow = z.object({
  nodeName: z.string(),
  poolName: z.string(),
  runningPods: z.number().nullable(),
  match: nodeMatch,
  readiness: z.enum(readinessStates),
  /** Indexes into `findings`. */
  findings: z.array(z.number()),
  vmSize: z.string().nullable(),
  zone: z.string().nullable(),
  /** Index into `specs`; null when Get Cluster Nodes does not list the node. */
  spec: z.number().nullable(),
})
export type NodeRow = z.infer<typeof nodeRow>

export const nodesAnswer = z.object({
  nodes: z.array(nodeRow),
  specs: z.array(nodeSpec),
  findings: z.array(finding),
  vngs: z.array(z.object({ vngId: z.string(), name: z.string() })),
  /** Nodes in the cluster as Get Cluster Nodes counts them, managed ones included. */
  clusterNodes: z.number().nullable(),
  fetchedAtMs: z.number(),
  /** Parts that could not be read; the rows are shown without what they would add. */
  problems: z.array(partProblem.extend({ part: z.enum(['cluster-nodes', 'vngs', 'heartbeat']) })),
  /** Fields whose shape differed from the documents and were left out, as paths. */
  drift: z.array(z.string()),
})
export type NodesAnswer = z.infer<typeof nodesAnswer>

export const inventoryAnswer = z.object({ nodes: z.array(node), fetchedAtMs: z.number(), drift: z.array(z.string()) })
export type InventoryAnswer = z.infer<typeof inventoryAnswer>

export const vngsAnswer = z.object({ vngs: z.array(vng), template: vngSpec.nullable(), fetchedAtMs: z.number() })
export type VngsAnswer = z.infer<typeof vngsAnswer>
