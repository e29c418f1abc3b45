'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { preferencesInput, type DraftAnswer, type PreferencesForm, type PreferencesInput } from '@/lib/contract/draft'
import type { NodesAnswer } from '@/lib/contract/nodes'
import { batchReadings, worstReading, type BatchReading } from '@/lib/domain/batches/batch-sizes'
import { composeBatches, type PlannedBatch } from '@/lib/domain/batches/compose'
import { partitionSelection, podsOn, type Partition, type PlanNode } from '@/lib/domain/plan/partition'
import { nodesQuery } from '@/lib/queries/clusters'
import type { SelectionFacts } from './option-texts'

const planNodes = ({ nodes, findings }: NodesAnswer): Map<string, PlanNode> =>
  new Map(
    nodes.map((node) => [
      node.nodeName,
      { nodeName: node.nodeName, poolName: node.poolName, runningPods: node.runningPods, readiness: node.readiness, findings: node.findings.flatMap((index) => findings[index] ?? []) },
    ]),
  )

export type Plan = {
  nodes: NodesAnswer
  partition: Partition
  facts: SelectionFacts
  /** Null while the form holds a faulty value. */
  preferences: PreferencesInput | null
  readings: BatchReading[]
  worst: BatchReading | null
  batches: PlannedBatch<PlanNode>[]
}

const readPreferences = (form: PreferencesForm): PreferencesInput | null => {
  const parsed = preferencesInput.safeParse(form)
  return parsed.success ? parsed.data : null
}

/** The plan that a selection and its preferences make of the facts read last. */
export const makePlan = (nodes: NodesAnswer, draft: Pick<DraftAnswer, 'nodeNames' | 'preferences'>): Plan => {
  const partition = partitionSelection(draft.nodeNames, planNodes(nodes))
  const { pods, unknownNodes } = podsOn(partition.willMove)
  const facts = { nodes: partition.willMove.length, pods, podsUnknownOn: unknownNodes, clusterNodes: nodes.clusterNodes }
  const preferences = readPreferences(draft.preferences)
  const readings = preferences === null ? [] : batchReadings({ selected: facts.nodes, percentage: preferences.batchSizePercentage, clusterNodes: facts.clusterNodes })
  const worst = worstReading(readings)
  return { nodes, partition, facts, preferences, readings, worst, batches: composeBatches(partition.willMove, worst?.sizes ?? []) }
}

/** The names in the order in which the plan takes them. */
export const plannedNames = ({ batches }: Plan): string[] => batches.flatMap(({ nodes }) => nodes.map(({ nodeName }) => nodeName))

/** The plan of a draft, or the query that its facts still wait for. */
export const usePlan = (clusterId: string, draft: DraftAnswer | undefined) => {
  const query = useQuery(nodesQuery(clusterId))
  const plan = useMemo(() => (query.data && draft ? makePlan(query.data, draft) : null), [query.data, draft])
  return { plan, query }
}
