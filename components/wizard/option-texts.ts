import type { PreferencesForm } from '@/lib/contract/draft'
import { batchReadings, healthyNeeded, shapeOf, worstReading, type BatchModel } from '@/lib/domain/batches/batch-sizes'
import { openReadings, type LearnedReading } from '@/lib/domain/batches/learn'
import type { BudgetOnSelection, SelectionEffects } from '@/lib/domain/plan/effects'
import { formatCount } from '@/lib/format/numbers'
import { counted, listed, plural } from '@/lib/format/plural'

/** What the texts need to know of the selection. */
export type SelectionFacts = { nodes: number; pods: number; podsUnknownOn: number; clusterNodes: number | null }

/** The pods on the nodes that move; a count that Spot gave for none or some of them is said as such. */
export const podsText = ({ nodes, pods, podsUnknownOn }: SelectionFacts): string =>
  podsUnknownOn === 0 ? counted(pods, 'pod') : podsUnknownOn >= nodes ? 'an unknown number of pods' : `at least ${counted(pods, 'pod')}`

export type PoolShare = { poolName: string; selected: number; total: number }

/** The selection as the switches meet it. */
export type SwitchInput = { facts: SelectionFacts; effects: SelectionEffects; pools: readonly PoolShare[] }

/** What a switch does in one sentence, and the names behind its counts. */
export type SwitchEffect = { sentence: string; lists: { title: string; names: string[] }[] }

type SwitchName = {
  [Key in keyof PreferencesForm]: PreferencesForm[Key] extends boolean ? Key : never
}[keyof PreferencesForm]

export type SwitchText = {
  name: SwitchName
  label: string
  /** The API's documented default, in words. */
  byDefault: 'on' | 'off'
  explain: string
  effect: (isOn: boolean, input: SwitchInput) => SwitchEffect
}

const plain = (sentence: string): SwitchEffect => ({ sentence, lists: [] })
const nodesOf = ({ nodes }: SelectionFacts) => counted(nodes, 'selected node', 'selected nodes')
const nodeList = (names: string[], what = '') => ({ title: `${counted(names.length, 'node')}${what}`, names })
const podList = (names: string[], what = '') => ({ title: `${counted(names.length, 'pod')}${what}`, names })

const workloadList = (names: readonly string[], what = '') => (names.length === 0 ? [] : [{ title: `${counted(names.length, 'workload')}${what}`, names: [...names] }])

const budgetName = ({ name, pods, nodes, workloads, disruptionsAllowed, currentHealthy, desiredHealthy }: BudgetOnSelection) =>
  `${name}: ${counted(pods, 'pod')}${workloads.length > 0 ? ` of ${listed(workloads)}` : ''} on ${counted(nodes.length, 'node')}, lets ${formatCount(disruptionsAllowed)} go, ${formatCount(currentHealthy)} healthy, ${formatCount(desiredHealthy)} needed`

const budgetList = (budgets: readonly BudgetOnSelection[], what: string) => ({ title: `${counted(budgets.length, 'budget')} ${what}`, names: budgets.map(budgetName) })

const sumOf = (budgets: readonly BudgetOnSelection[], part: 'pods' | 'refused') => budgets.reduce((sum, budget) => sum + budget[part], 0)

const pdbEffect = (isOn: boolean, { facts, effects: { budgets } }: SwitchInput): SwitchEffect => {
  if (budgets === null)
    return plain(
      isOn
        ? `Any of the ${nodesOf(facts)} may be skipped. Budgets are not read, so which ones is not known before the run.`
        : `Budgets are ignored on all ${nodesOf(facts)}: a workload can lose all its replicas at the same time. Which budgets these are is not read.`,
    )
  const { all, refusing, inTwo, blockedNodes } = budgets
  if (all.length === 0) return plain(`No pod of the ${nodesOf(facts)} is under a budget: nothing changes here.`)
  const refused = sumOf(refusing, 'refused') + inTwo.pods.length
  const names = [...(refusing.length > 0 ? [budgetList(refusing, plural(refusing.length, 'that refuses now', 'that refuse now'))] : []), ...(inTwo.pods.length > 0 ? [podList(inTwo.pods, ' under two budgets, never evicted')] : []), budgetList(all, 'in all')]
  const lists = blockedNodes.length > 0 ? [nodeList(blockedNodes, isOn ? ' that would be skipped' : ' with such pods'), ...names] : names
  if (isOn)
    return {
      lists,
      sentence:
        refused === 0
          ? `No node is held up now: ${counted(all.length, 'budget')} over pods here, and none refuses.`
          : `${counted(blockedNodes.length, 'node')} of ${formatCount(facts.nodes)} would be skipped now: ${counted(refused, 'pod')} there may not be disrupted.`,
    }
  return {
    lists,
    sentence: `${counted(refused, 'pod')} would be evicted against a budget that refuses now, on ${counted(blockedNodes.length, 'node')}; ${counted(sumOf(all, 'pods'), 'pod')} under ${counted(all.length, 'budget')} go unasked.`,
  }
}

const restrictEffect = (isOn: boolean, { facts, effects: { restricted } }: SwitchInput): SwitchEffect => {
  if (restricted === null) return plain(isOn ? `Nodes with such a pod stay where they are. The label is not read for the ${nodesOf(facts)}.` : 'Pods that carry the label are moved like any other. Which these are is not read.')
  const { pods, nodes, workloads } = restricted
  if (pods.length === 0) return plain(`No pod of the ${nodesOf(facts)} asks for it: nothing changes here.`)
  const lists = [nodeList(nodes, isOn ? ' that would be skipped' : ''), podList(pods), ...workloadList(workloads)]
  return { lists, sentence: isOn ? `${counted(nodes.length, 'node')} of ${formatCount(facts.nodes)} would be skipped, for ${counted(pods.length, 'pod')}.` : `${counted(pods.length, 'pod')} on ${counted(nodes.length, 'node')} ${plural(pods.length, 'asks to be left alone and is', 'ask to be left alone and are')} moved all the same.` }
}

const terminateEffect = (isOn: boolean, { facts, effects: { moved }, pools }: SwitchInput): SwitchEffect => {
  const old = counted(facts.nodes, 'old node', 'old nodes')
  return {
    sentence: isOn
      ? `Up to ${old} of ${counted(pools.length, 'pool')} will be deleted from Azure. Their pools are switched to manual scaling, and nothing switches them back.`
      : `Up to ${old} of ${counted(pools.length, 'pool')} will stay, empty and cordoned, and go on costing money.`,
    lists: [{ title: counted(pools.length, 'pool'), names: pools.map(({ poolName, selected, total }) => `${poolName}: ${formatCount(selected)} of ${counted(total, 'node')}`) }, ...(moved === null ? [] : workloadList(moved.workloads, `, ${counted(moved.pods, 'pod')} of which leave these nodes first`))],
  }
}

const standaloneEffect = (isOn: boolean, { facts, effects: { standalone } }: SwitchInput): SwitchEffect => {
  if (standalone === null)
    return plain(
      isOn
        ? `Stand-alone pods among the ${counted(facts.pods, 'pod', 'pods')} are lost. Which pods these are is not read.`
        : `Nodes with a stand-alone pod are not replaced and have to be emptied by hand. Which of the ${nodesOf(facts)} these are is not read.`,
    )
  const { pods, nodes } = standalone
  if (pods.length === 0) return plain(`No pod of the ${nodesOf(facts)} stands alone: nothing changes here.`)
  return {
    lists: [podList(pods, isOn ? ' lost' : ''), nodeList(nodes, isOn ? '' : ' to empty by hand')],
    sentence: isOn
      ? `${counted(pods.length, 'stand-alone pod')} on ${counted(nodes.length, 'node')} will be evicted and not come back by ${pods.length === 1 ? 'itself' : 'themselves'}.`
      : `${counted(nodes.length, 'node')} of ${formatCount(facts.nodes)} will not be replaced and ${plural(nodes.length, 'has', 'have')} to be emptied by hand, for ${counted(pods.length, 'stand-alone pod')}.`,
  }
}

/** The four switches of Create Migration, in the order in which they bite (Spot API, Create Migration). */
export const switchTexts: readonly SwitchText[] = [
  {
    name: 'respectPdb',
    label: 'Respect Pod Disruption Budgets',
    byDefault: 'on',
    explain: 'A node whose pods may not be disrupted is skipped. The vendor counts skipped nodes as healthy, so a run can complete without moving anything. The vendor’s console shows this off; the API’s default is on.',
    effect: pdbEffect,
  },
  {
    name: 'respectRestrictScaleDown',
    label: 'Respect restrict scale down',
    byDefault: 'off',
    explain: 'A node with a pod labelled restrict scale down is skipped. The vendor advises leaving this off for migrations, because such nodes are the ones that never leave by themselves.',
    effect: restrictEffect,
  },
  {
    name: 'shouldTerminateNodes',
    label: 'Terminate old nodes',
    byDefault: 'on',
    explain: 'Old nodes are deleted once they are drained. Off, they stay cordoned and are paid for until someone deletes them.',
    effect: terminateEffect,
  },
  {
    name: 'shouldEvictStandalonePods',
    label: 'Evict stand-alone pods',
    byDefault: 'on',
    explain: 'Pods without a controller are evicted and are not started again by anyone: launch them yourself. The vendor’s console says they are rescheduled; its API says they are not.',
    effect: standaloneEffect,
  },
]

const sizesText = (sizes: number[]): string => {
  const distinct = [...new Set(sizes)]
  if (distinct.length <= 2 && sizes.length > 3) {
    const [first, last] = [sizes[0] as number, sizes.at(-1) as number]
    const batches = `${counted(sizes.length, 'batch', 'batches')} of ${formatCount(first)}`
    if (first === last) return batches
    return sizes.at(-2) === first ? `${batches}, the last of ${formatCount(last)}` : `${batches} and ${formatCount(last)}`
  }
  return `${counted(sizes.length, 'batch', 'batches')} of ${sizes.map(formatCount).join(', ')}`
}

const readingNames: Record<BatchModel, string> = { fixed: 'of the selection', equal: 'as equal parts', cluster: 'of the cluster’s nodes' }

type Learned = Pick<LearnedReading, 'holds'>
const nothingLearned: Learned = { holds: [] }

/** One line per reading of the batch size, or null while the number is not a valid one. Readings that own runs ruled out are left out. */
export const batchLines = (percentage: number | null, facts: SelectionFacts, learned: Learned = nothingLearned): string[] | null => {
  if (percentage === null || facts.nodes === 0) return null
  const open = openReadings(batchReadings({ selected: facts.nodes, percentage, clusterNodes: facts.clusterNodes }), learned)
  // One that leaves the order of its batches open is told once.
  const each = open.filter(({ model }, index) => open.findIndex((other) => other.model === model) === index)
  return each.map(({ model, sizes, isAssumed }) => `${readingNames[model]}: ${isAssumed ? `not counted, so possibly all ${formatCount(facts.nodes)} at once` : sizesText(sizes)}`)
}

/** What the healthy percentage asks of the largest batch. */
export const healthyLine = (threshold: number | null, batchPercentage: number | null, facts: SelectionFacts, learned: Learned = nothingLearned): string | null => {
  if (threshold === null || batchPercentage === null || facts.nodes === 0) return null
  const open = openReadings(batchReadings({ selected: facts.nodes, percentage: batchPercentage, clusterNodes: facts.clusterNodes }), learned)
  const size = Math.max(...(worstReading(open)?.sizes ?? [0]))
  if (size === 0) return null
  const needed = healthyNeeded(size, threshold)
  const base = `A batch of ${counted(size, 'node', 'nodes')} needs ${formatCount(needed)} healthy, or the run fails. Nodes skipped for a budget count as healthy.`
  if (size === 1) return `${base} With one node a batch, the first failure ends the run.`
  return shapeOf(open).single.length > 0 ? `${base} There may be batches of one node: if it fails, the run ends.` : base
}
