import type { Readiness } from '@/lib/domain/readiness/finding'
import type { IndexedNode } from './node-index'

export type NodesFilter = {
  search: string
  readiness: Readiness[]
  pools: string[]
  matches: string[]
  findings: string[]
  zones: string[]
}

const within = (chosen: readonly string[], value: string | null) => chosen.length === 0 || chosen.includes(value ?? '')

const passesAllBut = (node: IndexedNode, filter: NodesFilter, words: string[], leftOut: 'readiness' | null): boolean =>
  (leftOut === 'readiness' || within(filter.readiness, node.readiness)) &&
  within(filter.pools, node.poolName) &&
  within(filter.matches, node.matchKey) &&
  within(filter.zones, node.zone) &&
  (filter.findings.length === 0 || node.reasons.some(({ id }) => filter.findings.includes(id))) &&
  words.every((word) => node.haystack.includes(word))

const wordsOf = (search: string) => search.toLowerCase().split(/\s+/).filter((word) => word !== '')

/** Nodes that pass every filter. Words of the search are all required, in any order. */
export const filterNodes = (nodes: readonly IndexedNode[], filter: NodesFilter): IndexedNode[] => {
  const words = wordsOf(filter.search)
  return nodes.filter((node) => passesAllBut(node, filter, words, null))
}

/**
 * Counts per readiness among the nodes that pass the other filters: the chips show what choosing them
 * would give, so they leave themselves out.
 */
export const readinessCounts = (nodes: readonly IndexedNode[], filter: NodesFilter): Record<Readiness, number> => {
  const words = wordsOf(filter.search)
  const counts: Record<Readiness, number> = { ready: 0, 'needs-validation': 0, unable: 0, held: 0 }
  for (const node of nodes) if (passesAllBut(node, filter, words, 'readiness')) counts[node.readiness] += 1
  return counts
}

export const isFiltered = (filter: NodesFilter): boolean =>
  filter.search.trim() !== '' || [filter.readiness, filter.pools, filter.matches, filter.findings, filter.zones].some((list) => list.length > 0)
