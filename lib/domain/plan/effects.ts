import type { PlanBudget, PlanFacts, PlanNodeFacts } from './facts'

/** Pods of a budget on the selected nodes, with their workloads. `refused` of them it would not let go now. */
export type BudgetOnSelection = PlanBudget & { pods: number; refused: number; nodes: string[]; workloads: string[] }

export type NamedPods = { pods: string[]; nodes: string[] }

/** What the options of Create Migration meet on the selected nodes. Null where it was not read. */
export type SelectionEffects = {
  moved: { pods: number; workloads: string[] } | null
  budgets: { all: BudgetOnSelection[]; refusing: BudgetOnSelection[]; inTwo: NamedPods; blockedNodes: string[] } | null
  restricted: (NamedPods & { workloads: string[] }) | null
  standalone: NamedPods | null
}

type NodeWithPods = PlanNodeFacts & { pods: NonNullable<PlanNodeFacts['pods']> }
type PodList = 'standalone' | 'restricted' | 'inTwoBudgets'

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort()

const named = (nodes: readonly NodeWithPods[], list: PodList): NamedPods => ({
  pods: sorted(nodes.flatMap(({ pods }) => pods[list])),
  nodes: sorted(nodes.flatMap(({ nodeName, pods }) => (pods[list].length > 0 ? [nodeName] : []))),
})

type Names = Pick<PlanFacts, 'budgets' | 'workloads'>

const namesAt = (places: readonly number[], { workloads }: Pick<Names, 'workloads'>): string[] => sorted(places.flatMap((place) => workloads[place] ?? []))

const budgetsOn = (nodes: readonly NodeWithPods[], { budgets, workloads }: Names): BudgetOnSelection[] => {
  const found = new Map<number, BudgetOnSelection>()
  const places = new Map<number, Set<number>>()
  for (const { nodeName, pods } of nodes)
    for (const { budget, pods: count, refused, workloads: under } of pods.budgets) {
      const about = budgets[budget]
      if (about === undefined) continue
      const known = found.get(budget) ?? { ...about, pods: 0, refused: 0, nodes: [], workloads: [] }
      known.pods += count
      known.refused += refused
      known.nodes.push(nodeName)
      found.set(budget, known)
      const own = places.get(budget) ?? new Set<number>()
      for (const place of under) own.add(place)
      places.set(budget, own)
    }
  return [...found].map(([budget, known]) => ({ ...known, workloads: namesAt([...(places.get(budget) ?? [])], { workloads }) })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

const hasRefused = ({ pods }: NodeWithPods) => pods.inTwoBudgets.length > 0 || pods.budgets.some(({ refused }) => refused > 0)

const budgetEffects = (nodes: readonly NodeWithPods[], names: Names): NonNullable<SelectionEffects['budgets']> => {
  const all = budgetsOn(nodes, names)
  return { all, refusing: all.filter(({ refused }) => refused > 0), inTwo: named(nodes, 'inTwoBudgets'), blockedNodes: sorted(nodes.filter(hasRefused).map(({ nodeName }) => nodeName)) }
}

/** What the options meet on these nodes. Pods of nodes that came after Kubernetes was read are not known, so nothing is. */
export const effectsOn = (nodeNames: ReadonlySet<string>, { nodes, budgets, workloads, kubernetes }: PlanFacts): SelectionEffects => {
  const selected = nodes.filter(({ nodeName }) => nodeNames.has(nodeName))
  const known = selected.flatMap((node): NodeWithPods[] => (node.pods === null ? [] : [{ ...node, pods: node.pods }]))
  if (!kubernetes.arePodsRead || known.length < nodeNames.size) return { moved: null, budgets: null, restricted: null, standalone: null }
  return {
    moved: {
      pods: known.reduce((sum, { pods }) => sum + pods.moved, 0),
      workloads: namesAt(known.flatMap(({ pods }) => pods.workloads), { workloads }),
    },
    budgets: kubernetes.areBudgetsRead ? budgetEffects(known, { budgets, workloads }) : null,
    restricted: { ...named(known, 'restricted'), workloads: namesAt(known.flatMap(({ pods }) => pods.restrictedWorkloads), { workloads }) },
    standalone: named(known, 'standalone'),
  }
}

/** The options that decide whether a node is skipped (Spot API, Create Migration). */
export type SkippingOptions = { respectPdb: boolean; respectRestrictScaleDown: boolean; shouldEvictStandalonePods: boolean }

/** A node that stays where it is under these options, as things are now, with the reasons. */
export type ExpectedSkip = { nodeName: string; reason: string }

const reasonsFor = ({ pods }: NodeWithPods, budgets: readonly PlanBudget[], options: SkippingOptions): string[] => {
  const refusing = pods.budgets.flatMap(({ budget, refused }) => (refused > 0 ? (budgets[budget]?.name ?? []) : []))
  return [
    ...(options.respectPdb ? refusing.map((name) => `PDB ${name} allows no disruption now`) : []),
    ...(options.respectPdb && pods.inTwoBudgets.length > 0 ? [`${pods.inTwoBudgets.join(', ')} under two budgets`] : []),
    ...(options.respectRestrictScaleDown && pods.restricted.length > 0 ? [`restrict scale down on ${pods.restricted.join(', ')}`] : []),
    ...(!options.shouldEvictStandalonePods && pods.standalone.length > 0 ? [`stand-alone ${pods.standalone.join(', ')}`] : []),
  ]
}

/** Nodes of the selection that these options would leave where they are. Null where pods were not read. */
export const expectedSkips = (nodeNames: readonly string[], facts: PlanFacts, options: SkippingOptions): ExpectedSkip[] | null => {
  if (!facts.kubernetes.arePodsRead) return null
  const known = new Map(facts.nodes.map((node) => [node.nodeName, node]))
  return nodeNames.flatMap((nodeName) => {
    const node = known.get(nodeName)
    if (node?.pods == null) return []
    const reasons = reasonsFor({ ...node, pods: node.pods }, facts.budgets, options)
    return reasons.length === 0 ? [] : [{ nodeName, reason: `${reasons.join('; ')}.` }]
  })
}
