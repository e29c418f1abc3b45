import type { PreferencesForm } from '@/lib/contract/draft'
import { batchReadings, healthyNeeded, worstReading } from '@/lib/domain/batches/batch-sizes'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'

/** What the texts need to know of the selection. */
export type SelectionFacts = { nodes: number; pods: number; podsUnknownOn: number; clusterNodes: number | null }

type SwitchName = {
  [Key in keyof PreferencesForm]: PreferencesForm[Key] extends boolean ? Key : never
}[keyof PreferencesForm]

export type SwitchText = {
  name: SwitchName
  label: string
  /** The API's documented default, in words. */
  byDefault: 'on' | 'off'
  explain: string
  effect: (isOn: boolean, facts: SelectionFacts) => string
}

const nodesOf = ({ nodes }: SelectionFacts) => counted(nodes, 'selected node', 'selected nodes')

/** The four switches of Create Migration, in the order in which they bite (Spot API, Create Migration). */
export const switchTexts: readonly SwitchText[] = [
  {
    name: 'respectPdb',
    label: 'Respect Pod Disruption Budgets',
    byDefault: 'on',
    explain: 'A node whose pods may not be disrupted is skipped. The vendor counts skipped nodes as healthy, so a run can complete without moving anything. The vendor’s console shows this off; the API’s default is on.',
    effect: (isOn, facts) =>
      isOn
        ? `Any of the ${nodesOf(facts)} may be skipped. Budgets are not read, so which ones is not known before the run.`
        : `Budgets are ignored on all ${nodesOf(facts)}: a workload can lose all its replicas at the same time.`,
  },
  {
    name: 'respectRestrictScaleDown',
    label: 'Respect restrict scale down',
    byDefault: 'off',
    explain: 'A node with a pod labelled restrict scale down is skipped. The vendor advises leaving this off for migrations, because such nodes are the ones that never leave by themselves.',
    effect: (isOn, facts) =>
      isOn
        ? `Nodes with such a pod stay where they are. The label is not read for the ${nodesOf(facts)}.`
        : 'Pods that carry the label are moved like any other.',
  },
  {
    name: 'shouldTerminateNodes',
    label: 'Terminate old nodes',
    byDefault: 'on',
    explain: 'Old nodes are deleted once they are drained. Off, they stay cordoned and are paid for until someone deletes them.',
    effect: (isOn, facts) =>
      isOn
        ? `Up to ${counted(facts.nodes, 'old node', 'old nodes')} will be deleted from Azure. Their pools are switched to manual scaling, and nothing switches them back.`
        : `Up to ${counted(facts.nodes, 'old node', 'old nodes')} will stay, empty and cordoned, and go on costing money.`,
  },
  {
    name: 'shouldEvictStandalonePods',
    label: 'Evict stand-alone pods',
    byDefault: 'on',
    explain: 'Pods without a controller are evicted and are not started again by anyone: launch them yourself. The vendor’s console says they are rescheduled; its API says they are not.',
    effect: (isOn, facts) =>
      isOn
        ? `Stand-alone pods among the ${counted(facts.pods, 'pod', 'pods')} are lost. Which pods these are is not read.`
        : `Nodes with a stand-alone pod are not replaced and have to be emptied by hand. Which of the ${nodesOf(facts)} these are is not read.`,
  },
]

const sizesText = (sizes: number[]): string => {
  const distinct = [...new Set(sizes)]
  if (distinct.length <= 2 && sizes.length > 3) {
    const [first, last] = [sizes[0] as number, sizes.at(-1) as number]
    return first === last ? `${counted(sizes.length, 'batch', 'batches')} of ${formatCount(first)}` : `${counted(sizes.length, 'batch', 'batches')} of ${formatCount(first)} to ${formatCount(last)}`
  }
  return `${counted(sizes.length, 'batch', 'batches')} of ${sizes.map(formatCount).join(', ')}`
}

const readingNames = { fixed: 'of the selection', equal: 'as equal parts', cluster: 'of the cluster’s nodes' } as const

/** One line per reading of the batch size, or null while the number is not a valid one. */
export const batchLines = (percentage: number | null, facts: SelectionFacts): string[] | null => {
  if (percentage === null || facts.nodes === 0) return null
  const readings = batchReadings({ selected: facts.nodes, percentage, clusterNodes: facts.clusterNodes })
  return readings.map(({ model, sizes }) => `${readingNames[model]}: ${sizesText(sizes)}`)
}

/** What the healthy percentage asks of the largest batch. */
export const healthyLine = (threshold: number | null, batchPercentage: number | null, facts: SelectionFacts): string | null => {
  if (threshold === null || batchPercentage === null || facts.nodes === 0) return null
  const readings = batchReadings({ selected: facts.nodes, percentage: batchPercentage, clusterNodes: facts.clusterNodes })
  const size = Math.max(...(worstReading(readings)?.sizes ?? [0]))
  if (size === 0) return null
  const needed = healthyNeeded(size, threshold)
  const base = `A batch of ${counted(size, 'node', 'nodes')} needs ${formatCount(needed)} healthy, or the run fails. Nodes skipped for a budget count as healthy.`
  return size === 1 ? `${base} With one node a batch, the first failure ends the run.` : base
}
