import { chiefFinding } from '@/lib/domain/readiness/chief'
import { readinessStates, type Finding, type Readiness } from '@/lib/domain/readiness/finding'
import type { IndexedNode } from './node-index'

export const groupings = ['pool', 'vng', 'finding', 'none'] as const
export type Grouping = (typeof groupings)[number]

export type GroupSummary = {
  /** Null when the count of one node is not known: it is not added as zero. */
  pods: number | null
  matches: IndexedNode['match'][]
  sizes: string[]
  zones: string[]
  readiness: Record<Readiness, number>
  /** The worst state that one of its nodes is in. */
  worst: Readiness
  /** What most often puts nodes into that state, with how many it does. Null where all are ready. */
  chief: { finding: Finding; count: number } | null
}

/** The key of nodes about which no rule has anything to say. */
export const nothingFound = 'nothing'

/** What a group of nodes is told apart by: of several findings, the one that weighs most. */
export const groupKeys: Record<Exclude<Grouping, 'none'>, (node: IndexedNode) => string> = {
  pool: (node) => node.poolName,
  vng: (node) => node.matchKey,
  finding: ({ reasons: [first] }) => first?.id ?? nothingFound,
}

const distinct = (nodes: readonly IndexedNode[], valueOf: (node: IndexedNode) => string | null): string[] =>
  [...new Set(nodes.flatMap((node) => valueOf(node) ?? []))].sort()

const distinctMatches = (nodes: readonly IndexedNode[]): IndexedNode['match'][] => [...new Map(nodes.map(({ matchKey, match }) => [matchKey, match])).values()]

const sumPods = (nodes: readonly IndexedNode[]): number | null => {
  let sum = 0
  for (const { runningPods } of nodes) {
    if (runningPods === null) return null
    sum += runningPods
  }
  return sum
}

const countReadiness = (nodes: readonly IndexedNode[]): Record<Readiness, number> => {
  const counts = Object.fromEntries(readinessStates.map((state) => [state, 0])) as Record<Readiness, number>
  for (const { readiness } of nodes) counts[readiness] += 1
  return counts
}

const worstOf = (counts: Record<Readiness, number>): Readiness => (['unable', 'needs-validation', 'held'] as const).find((state) => counts[state] > 0) ?? 'ready'

const chiefOf = (nodes: readonly IndexedNode[], worst: Readiness): GroupSummary['chief'] => {
  const counts = new Map<string, { finding: Finding; count: number }>()
  for (const { readiness, reasons } of nodes) {
    const finding = worst !== 'ready' && readiness === worst ? chiefFinding(readiness, reasons) : undefined
    if (finding === undefined) continue
    const known = counts.get(finding.id)
    if (known) known.count += 1
    else counts.set(finding.id, { finding, count: 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0] ?? null
}

const summaries = new WeakMap<readonly IndexedNode[], GroupSummary>()

/** What a closed group has to say about its nodes. Kept per list, since each cell of the group's row asks. */
export const summarise = (nodes: readonly IndexedNode[]): GroupSummary => {
  const known = summaries.get(nodes)
  if (known) return known
  const readiness = countReadiness(nodes)
  const worst = worstOf(readiness)
  const summary: GroupSummary = {
    pods: sumPods(nodes),
    matches: distinctMatches(nodes),
    sizes: distinct(nodes, ({ vmSize }) => vmSize),
    zones: distinct(nodes, ({ zone }) => zone),
    readiness,
    worst,
    chief: chiefOf(nodes, worst),
  }
  summaries.set(nodes, summary)
  return summary
}
