import type { IndexedNode } from '../node-index'

/** Whose unmatched nodes are to be repaired: those that are chosen, those that the filters leave, or all. */
export const repairScopes = ['chosen', 'listed', 'cluster'] as const
export type RepairScope = (typeof repairScopes)[number]

export type ScopedNodes = Record<RepairScope, readonly IndexedNode[]>

/** Without a match by Spot, or by Slipway's own reading where Spot does not say. */
export const unmatchedOf = (nodes: readonly IndexedNode[]): IndexedNode[] => nodes.filter(({ match, reasons }) => match.kind === 'none' || reasons.some(({ id }) => id === 'probably-no-match'))

/** The narrowest that has some of the unmatched nodes: what an operator has narrowed down is what they mean. */
export const startScope = (nodes: ScopedNodes): RepairScope => {
  const all = unmatchedOf(nodes.cluster).length
  return repairScopes.find((scope) => unmatchedOf(nodes[scope]).length > 0 && unmatchedOf(nodes[scope]).length < all) ?? 'cluster'
}

/** The scopes that differ, the narrowest first; the cluster and the one in use are always among them. */
export const scopesToOffer = (nodes: ScopedNodes, inUse: RepairScope): { scope: RepairScope; count: number }[] => {
  const all = unmatchedOf(nodes.cluster).length
  return repairScopes
    .map((scope) => ({ scope, count: unmatchedOf(nodes[scope]).length }))
    .filter(({ scope, count }) => scope === inUse || scope === 'cluster' || (count > 0 && count < all))
}
