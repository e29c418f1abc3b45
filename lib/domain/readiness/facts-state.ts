import { listed } from '@/lib/format/plural'
import { kubeKinds, type KubeFacts, type KubeKind } from '../kube-facts'
import type { Finding } from './finding'
import { findingOf } from './rules'

/** Facts older than this decide nothing. */
export const factsLimitMs = 5 * 60_000

/** How old facts may be before they decide nothing. */
export type FactsAge = { nowMs: number; limitMs: number; spotReadAtMs: number }

const kindNames: Record<KubeKind, string> = {
  nodes: 'nodes',
  pods: 'pods',
  workloads: 'Deployments and StatefulSets',
  pdbs: 'Pod Disruption Budgets',
  daemonSets: 'DaemonSets',
  claims: 'persistent volumes',
  namespaces: 'namespaces',
}

/** Parts of Spot's answers that rules need. */
export type SpotPart = 'cluster-nodes' | 'vngs' | 'template' | 'heartbeat' | 'checks'
/** Why a part was not read, as a sentence; what was read has no entry. */
export type SpotGaps = Partial<Record<SpotPart, string>>

const spotParts: Record<SpotPart, string> = {
  'cluster-nodes': 'Spot’s list of nodes, with their labels, taints and sizes',
  vngs: 'The virtual node groups',
  template: 'The template of the cluster',
  heartbeat: 'The heartbeat of the Ocean controller',
  checks: 'Limits, zones and all that Kubernetes tells',
}

/** One finding for each part of Spot that the rules need and that was not read. */
export const spotGaps = (gaps: SpotGaps): Finding[] =>
  Object.entries(gaps).map(([part, why]) => findingOf('spot-not-read', `${spotParts[part as SpotPart]}: not read. ${why}`))

/** Their absence only makes a sentence less exact. */
const optionalKinds: ReadonlySet<KubeKind> = new Set(['namespaces'])

const minutes = (ms: number) => `${Math.round(ms / 60_000)} min`

/** Why a part decides nothing, or null. Kinds with the same words share one finding. */
const gapOf = (part: KubeFacts[KubeKind], { nowMs, limitMs }: FactsAge): { id: 'kubernetes-not-read' | 'facts-stale'; words: string } | null => {
  if (part.state === 'not-read') return { id: 'kubernetes-not-read', words: 'not read yet from Kubernetes.' }
  if (part.state === 'failed') return { id: 'kubernetes-not-read', words: `not read. ${part.sentence}` }
  const ageMs = nowMs - part.readAtMs
  return ageMs > limitMs ? { id: 'facts-stale', words: `read ${minutes(ageMs)} ago from Kubernetes` } : null
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const kubeGaps = (facts: KubeFacts, age: FactsAge): Finding[] => {
  const groups = new Map<string, { id: 'kubernetes-not-read' | 'facts-stale'; words: string; kinds: string[] }>()
  for (const kind of kubeKinds) {
    const gap = optionalKinds.has(kind) ? null : gapOf(facts[kind], age)
    if (gap === null) continue
    const known = groups.get(gap.words)
    if (known === undefined) groups.set(gap.words, { ...gap, kinds: [kindNames[kind]] })
    else known.kinds.push(kindNames[kind])
  }
  return [...groups.values()].map(({ id, words, kinds }) => findingOf(id, id === 'facts-stale' ? `${listed(kinds)} ${words}` : `${sentenceCase(listed(kinds))}: ${words}`))
}

/** What is open because it was not read, or too long ago. Null facts: Kubernetes is not connected, and nothing of it is missed. */
export const openFacts = (facts: KubeFacts | null, age: FactsAge): Finding[] => {
  const spotAgeMs = age.nowMs - age.spotReadAtMs
  const spot = spotAgeMs > age.limitMs ? [findingOf('facts-stale', `Spot was read ${minutes(spotAgeMs)} ago`)] : []
  return facts === null ? spot : [...spot, ...kubeGaps(facts, age)]
}
