import type { NodeMatch } from '../matching/match'
import type { Finding, Readiness } from './finding'
import { findingOf, findingRules } from './rules'

export type HeartbeatState = 'reporting' | 'stale' | 'unknown'

/** What the rules look at. `reported` is null when Get Cluster Nodes does not list the node. */
export type NodeFactsForReadiness = {
  match: NodeMatch
  isMatchKnown: boolean
  reported: { nodeStatus: string | null; labels: Record<string, string>; taints: string[] } | null
  heartbeat: HeartbeatState
}

const systemKeys = /(^|\.)(kubernetes\.io|k8s\.io|azure\.com|spotinst\.io)\//
const plainSystemKeys = new Set(['agentpool', 'storageprofile', 'storagetier'])

/** Labels that a virtual node group may carry: the system's own are left aside. */
export const ownLabels = (labels: Record<string, string>): string[] =>
  Object.entries(labels).flatMap(([key, value]) => (systemKeys.test(key) || plainSystemKeys.has(key) ? [] : [`${key}=${value}`]))

export const ownTaints = (taints: readonly string[]): string[] => taints.filter((taint) => !systemKeys.test(taint) && !taint.startsWith('CriticalAddonsOnly'))

const mismatchDetail = ({ reported }: NodeFactsForReadiness): string => {
  const labels = ownLabels(reported?.labels ?? {})
  const taints = ownTaints(reported?.taints ?? [])
  const parts = [...labels, ...taints.map((taint) => `taint ${taint}`)]
  return parts.length > 0 ? parts.join(', ') : 'what this node carries'
}

const isSystemPool = ({ reported }: NodeFactsForReadiness) => reported?.labels['kubernetes.azure.com/mode'] === 'system'

const matchFinding = (facts: NodeFactsForReadiness): Finding[] => {
  if (facts.match.kind === 'none') return [findingOf('no-vng-match', mismatchDetail(facts))]
  if (facts.match.kind === 'not-said') return [findingOf('match-not-said')]
  if (facts.match.kind === 'vng' && !facts.isMatchKnown) return [findingOf('vng-unknown', ` (${facts.match.vngId})`)]
  return []
}

const statusFinding = ({ reported }: NodeFactsForReadiness): Finding[] => {
  const status = reported?.nodeStatus?.toUpperCase()
  if (status === 'TRUE') return []
  return [findingOf(status === 'FALSE' ? 'node-not-ready' : 'node-not-reported')]
}

const heartbeatFinding = ({ heartbeat }: NodeFactsForReadiness): Finding[] => {
  if (heartbeat === 'reporting') return []
  return [findingOf(heartbeat === 'stale' ? 'controller-stale' : 'controller-unknown')]
}

/** What stands in the way of one node, blockers first, from what the Spot API says. */
export const assessNode = (facts: NodeFactsForReadiness): Finding[] => [
  ...(isSystemPool(facts) ? [findingOf('system-pool')] : []),
  ...matchFinding(facts),
  ...statusFinding(facts),
  ...heartbeatFinding(facts),
]

/** What the findings add up to: one blocker is enough to be unable, one open fact to need validation. */
export const readinessOf = (findings: readonly Finding[]): Readiness => {
  if (findings.some(({ id }) => findingRules[id].isBlocking)) return 'unable'
  return findings.some(({ id }) => findingRules[id].isOpen) ? 'needs-validation' : 'ready'
}
