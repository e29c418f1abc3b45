import { kubeKinds, type KubeFacts, type KubeKind } from '../kube-facts'
import type { Finding } from './finding'
import { findingOf } from './rules'

/** How old facts may be before they decide nothing. */
export type FactsAge = { nowMs: number; limitMs: number; spotReadAtMs: number }

const kindNames: Record<KubeKind, string> = {
  nodes: 'Nodes',
  pods: 'Pods',
  workloads: 'Deployments and StatefulSets',
  pdbs: 'Pod Disruption Budgets',
  daemonSets: 'DaemonSets',
  claims: 'Persistent volumes',
  namespaces: 'Namespaces',
}

/** Their absence only makes a sentence less exact. */
const optionalKinds: ReadonlySet<KubeKind> = new Set(['namespaces'])

const minutes = (ms: number) => `${Math.round(ms / 60_000)} min`

const kindFinding = (facts: KubeFacts, kind: KubeKind, { nowMs, limitMs }: FactsAge): Finding[] => {
  const part = facts[kind]
  if (part.state === 'not-read') return [findingOf('kubernetes-not-read', `${kindNames[kind]}: not read yet.`)]
  if (part.state === 'failed') return [findingOf('kubernetes-not-read', `${kindNames[kind]}: ${part.sentence}`)]
  const ageMs = nowMs - part.readAtMs
  return ageMs > limitMs ? [findingOf('facts-stale', `${kindNames[kind].toLowerCase()} read ${minutes(ageMs)} ago`)] : []
}

/** What is open because it was not read, or too long ago. Null facts: Kubernetes is not connected, and nothing of it is missed. */
export const openFacts = (facts: KubeFacts | null, age: FactsAge): Finding[] => {
  const spotAgeMs = age.nowMs - age.spotReadAtMs
  const spot = spotAgeMs > age.limitMs ? [findingOf('facts-stale', `Spot was read ${minutes(spotAgeMs)} ago`)] : []
  if (facts === null) return spot
  return [...spot, ...kubeKinds.flatMap((kind) => (optionalKinds.has(kind) ? [] : kindFinding(facts, kind, age)))]
}
