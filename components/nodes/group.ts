import type { Finding, Readiness } from '@/lib/domain/readiness/finding'
import { readinessStates } from '@/lib/domain/readiness/finding'
import type { IndexedNode } from './node-index'

export const groupings = ['pool', 'vng', 'none'] as const
export type Grouping = (typeof groupings)[number]

export type NodeGroup = {
  key: string
  nodes: IndexedNode[]
  pods: number | null
  matchKeys: string[]
  sizes: string[]
  zones: string[]
  readiness: Record<Readiness, number>
  /** The most frequent finding of the nodes that are not ready, with how many carry it. */
  chief: { finding: Finding; count: number } | null
}

const keyFor = (grouping: Exclude<Grouping, 'none'>, node: IndexedNode) => (grouping === 'pool' ? node.poolName : node.matchKey)

const distinct = (nodes: readonly IndexedNode[], valueOf: (node: IndexedNode) => string | null): string[] =>
  [...new Set(nodes.flatMap((node) => valueOf(node) ?? []))].sort()

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

const chiefFinding = (nodes: readonly IndexedNode[]): NodeGroup['chief'] => {
  const counts = new Map<string, { finding: Finding; count: number }>()
  for (const { readiness, reasons } of nodes)
    if (readiness !== 'ready')
      for (const finding of reasons) {
        const known = counts.get(finding.id)
        if (known) known.count += 1
        else counts.set(finding.id, { finding, count: 1 })
      }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0] ?? null
}

/** Nodes gathered by pool or by match, with what a closed group has to say about them. */
export const groupNodes = (nodes: readonly IndexedNode[], grouping: Exclude<Grouping, 'none'>): NodeGroup[] => {
  const buckets = new Map<string, IndexedNode[]>()
  for (const node of nodes) {
    const key = keyFor(grouping, node)
    const bucket = buckets.get(key)
    if (bucket) bucket.push(node)
    else buckets.set(key, [node])
  }
  return [...buckets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => ({
      key,
      nodes: members,
      pods: sumPods(members),
      matchKeys: distinct(members, ({ matchKey }) => matchKey),
      sizes: distinct(members, ({ vmSize }) => vmSize),
      zones: distinct(members, ({ zone }) => zone),
      readiness: countReadiness(members),
      chief: chiefFinding(members),
    }))
}
