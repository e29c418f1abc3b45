import { chiefFinding } from '@/lib/domain/readiness/chief'
import type { Finding, Readiness } from '@/lib/domain/readiness/finding'

/** A discovered node as the plan sees it. */
export type PlanNode = {
  nodeName: string
  poolName: string
  runningPods: number | null
  readiness: Readiness
  findings: Finding[]
}

export type LeftOut = { node: PlanNode; reason: string }

/**
 * What a launch would do with each selected name: every name stands in exactly one list. There is nothing to
 * do for `managed`, which Ocean has meanwhile, nor for `gone`, which discovery no longer shows.
 */
export type Partition = { willMove: PlanNode[]; cannot: LeftOut[]; held: LeftOut[]; managed: string[]; gone: string[] }

const firstReason = ({ readiness, findings }: PlanNode): string => chiefFinding(readiness, findings)?.sentence ?? 'No reason was given.'

/** Splits the selection; nodes that need validation may move, with their findings shown. */
export const partitionSelection = (selected: readonly string[], nodes: ReadonlyMap<string, PlanNode>, managed: ReadonlySet<string> = new Set()): Partition => {
  const partition: Partition = { willMove: [], cannot: [], held: [], managed: [], gone: [] }
  for (const name of new Set(selected)) {
    const node = nodes.get(name)
    if (node === undefined) partition[managed.has(name) ? 'managed' : 'gone'].push(name)
    else if (node.readiness === 'unable') partition.cannot.push({ node, reason: firstReason(node) })
    else if (node.readiness === 'held') partition.held.push({ node, reason: firstReason(node) })
    else partition.willMove.push(node)
  }
  return partition
}

/** Pods on the nodes, and on how many nodes the count was not given. */
export const podsOn = (nodes: readonly PlanNode[]): { pods: number; unknownNodes: number } =>
  nodes.reduce(
    (sum, { runningPods }) =>
      runningPods === null
        ? { ...sum, unknownNodes: sum.unknownNodes + 1 }
        : { ...sum, pods: sum.pods + runningPods },
    { pods: 0, unknownNodes: 0 },
  )
