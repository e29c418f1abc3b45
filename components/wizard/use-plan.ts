'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { preferencesInput, type DraftAnswer, type PreferencesForm, type PreferencesInput } from '@/lib/contract/draft'
import type { HistoryFactsAnswer } from '@/lib/contract/history-facts'
import type { NodesAnswer } from '@/lib/contract/nodes'
import type { PlanFactsAnswer } from '@/lib/contract/plan-facts'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import { batchReadings, worstReading, type BatchModel, type BatchReading } from '@/lib/domain/batches/batch-sizes'
import { budgetLoads, overdraftsIn, type BudgetLoads, type Overdraft } from '@/lib/domain/batches/budget-load'
import { interleaveByPool, takeBatches, type PlannedBatch } from '@/lib/domain/batches/compose'
import { learnReading, openReadings, type LearnedReading } from '@/lib/domain/batches/learn'
import { estimateTime, type OwnTimes, type TimeEstimate } from '@/lib/domain/forecast/estimate'
import { capacityOf, type Capacity } from '@/lib/domain/plan/capacity'
import { effectsOn, expectedSkips, type ExpectedSkip, type SelectionEffects } from '@/lib/domain/plan/effects'
import { partitionSelection, podsOn, type Partition, type PlanNode } from '@/lib/domain/plan/partition'
import { sendingOf, type Sending } from '@/lib/domain/plan/sending'
import { nodesQuery } from '@/lib/queries/clusters'
import { historyFactsQuery } from '@/lib/queries/history-facts'
import { planFactsQuery } from '@/lib/queries/plan'
import { readinessQuery } from '@/lib/queries/readiness'
import type { SelectionFacts } from './option-texts'
import { planNodes } from './plan-nodes'

/** What comes after the list of nodes. Null while it is read, and where it could not be. */
export type PlanExtras = { readiness: ReadinessAnswer | null; facts: PlanFactsAnswer | null; history: HistoryFactsAnswer | null; isReading: boolean }

export type Plan = {
  nodes: NodesAnswer
  partition: Partition
  /** As nodes by name, or as node pools. */
  sending: Sending
  facts: SelectionFacts
  /** Null while the form holds a faulty value. */
  preferences: PreferencesInput | null
  /** Every documented reading of the batch size. */
  readings: BatchReading[]
  learned: LearnedReading
  /** The worst of the readings that recorded runs have not ruled out; the batches are drawn by it. */
  worst: BatchReading | null
  batches: PlannedBatch<PlanNode>[]
  estimate: TimeEstimate | null
  /** What the options meet on the nodes that move; null parts were not read. */
  effects: SelectionEffects
  /** Nodes that move on paper and stay under these options. Null where it is not known. */
  skips: ExpectedSkip[] | null
  /** Batches that overdraw budgets, as they are drawn. Null where budgets were not read. */
  overdrafts: Overdraft[] | null
  /** Another open reading under which batches overdraw budgets, where those that are drawn overdraw none. */
  overdraftsOtherwise: { model: BatchModel; overdrafts: Overdraft[] } | null
  capacity: Capacity | null
  extras: PlanExtras
  /** When the selection or the preferences were last changed. */
  editedAtMs: number | null
}

type Draft = Pick<DraftAnswer, 'nodeNames' | 'preferences' | 'sendAs'> & { updatedAtMs?: number }

const noExtras: PlanExtras = { readiness: null, facts: null, history: null, isReading: false }
const noTimes: OwnTimes = { runs: 0, batches: [], pools: [] }
const nothingRead: SelectionEffects = { moved: null, budgets: null, restricted: null, standalone: null }

const readPreferences = (form: PreferencesForm): PreferencesInput | null => {
  const parsed = preferencesInput.safeParse(form)
  return parsed.success ? parsed.data : null
}

const overdraftsBy = (open: readonly BatchReading[], order: PlanNode[], loads: BudgetLoads) => {
  const [first] = open.flatMap(({ model, sizes }) => {
    const overdrafts = overdraftsIn(takeBatches(order, sizes), loads)
    return overdrafts.length === 0 ? [] : [{ model, overdrafts }]
  })
  return first ?? null
}

const batchPlan = (nodes: PlanNode[], preferences: PreferencesInput | null, clusterNodes: number | null, { history, facts }: PlanExtras) => {
  const learned = learnReading(history?.evidence ?? [])
  const readings = preferences === null ? [] : batchReadings({ selected: nodes.length, percentage: preferences.batchSizePercentage, clusterNodes })
  const open = openReadings(readings, learned)
  const worst = worstReading(open)
  const order = interleaveByPool(nodes)
  const batches = takeBatches(order, worst?.sizes ?? [])
  const loads = facts === null ? null : budgetLoads(facts)
  const overdrafts = loads === null ? null : overdraftsIn(batches, loads)
  return {
    readings,
    learned,
    worst,
    batches,
    estimate: estimateTime(open.map(({ sizes }) => takeBatches(order, sizes)), history?.times ?? noTimes),
    overdrafts,
    overdraftsOtherwise: loads === null || overdrafts === null || overdrafts.length > 0 ? null : overdraftsBy(open, order, loads),
  }
}

/** The plan that a selection and its preferences make of the facts read last. */
export const makePlan = (nodes: NodesAnswer, draft: Draft, extras: PlanExtras = noExtras): Plan => {
  const { readiness, facts: read } = extras
  const preferences = readPreferences(draft.preferences)
  const byName = planNodes(nodes, readiness, preferences)
  const partition = partitionSelection(draft.nodeNames, byName, new Set(read?.managed))
  const { pods, unknownNodes } = podsOn(partition.willMove)
  const facts = { nodes: partition.willMove.length, pods, podsUnknownOn: unknownNodes, clusterNodes: nodes.clusterNodes }
  const names = partition.willMove.map(({ nodeName }) => nodeName)
  const moving = new Set(names)
  return {
    nodes,
    partition,
    sending: sendingOf({ willMove: partition.willMove, nodes: byName.values(), isByPoolWanted: draft.sendAs === 'pools' }),
    facts,
    preferences,
    ...batchPlan(partition.willMove, preferences, facts.clusterNodes, extras),
    effects: read === null ? nothingRead : effectsOn(moving, read),
    skips: read === null || preferences === null ? null : expectedSkips(names, read, preferences),
    capacity: read === null ? null : capacityOf(moving, read),
    extras,
    editedAtMs: draft.updatedAtMs ?? null,
  }
}

/** The names in the order in which the plan takes them. */
export const plannedNames = ({ batches }: Pick<Plan, 'batches'>): string[] => batches.flatMap(({ nodes }) => nodes.map(({ nodeName }) => nodeName))

/** The plan of a draft, or the query that its facts still wait for. */
export const usePlan = (clusterId: string, draft: DraftAnswer | undefined) => {
  const query = useQuery(nodesQuery(clusterId))
  const { data: readiness, isPending: isReadinessPending } = useQuery(readinessQuery(clusterId))
  const { data: facts, isPending: areFactsPending } = useQuery(planFactsQuery(clusterId))
  const { data: history } = useQuery(historyFactsQuery(clusterId))
  const isReading = isReadinessPending || areFactsPending
  const plan = useMemo(
    () => (query.data && draft ? makePlan(query.data, draft, { readiness: readiness ?? null, facts: facts ?? null, history: history ?? null, isReading }) : null),
    [query.data, draft, readiness, facts, history, isReading],
  )
  return { plan, query }
}
