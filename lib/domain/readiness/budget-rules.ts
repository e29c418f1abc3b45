import { counted } from '@/lib/format/plural'
import type { KubePdb, KubePod } from '../kube-facts'
import type { Finding, FindingId } from './finding'
import { fullName, isMoved, type KubeIndex } from './kube-index'
import { findingOf, shortList } from './rules'

type Spoken = { id: FindingId; detail: string }

const healthText = ({ currentHealthy, expectedPods, desiredHealthy }: KubePdb) => `${currentHealthy} of ${counted(expectedPods, 'pod')} healthy, ${desiredHealthy} needed`

const unready = (index: KubeIndex, pdb: KubePdb): KubePod[] => (index.podsOf.get(pdb) ?? []).filter(({ isReady }) => !isReady)

/** Kubernetes lets a pod that is not ready go when its budget is healthy without it, or always where the policy says so. */
const mayGoUnready = ({ unhealthyPodEvictionPolicy, currentHealthy, desiredHealthy }: KubePdb): boolean =>
  unhealthyPodEvictionPolicy === 'AlwaysAllow' || currentHealthy >= desiredHealthy

const budgetHits = (index: KubeIndex, pod: KubePod, pdb: KubePdb): Spoken[] => {
  if (pdb.disruptionsAllowed > 0 || (!pod.isReady && mayGoUnready(pdb))) return []
  const waiting = unready(index, pdb)
  return [
    { id: 'pdb-allows-none', detail: `${fullName(pdb)} allows no disruption (${healthText(pdb)})` },
    ...(waiting.length > 0 ? [{ id: 'unready-behind-pdb' as const, detail: `${fullName(pdb)} (${shortList(waiting.map(({ name }) => name))})` }] : []),
  ]
}

/** What the budgets over one pod have to say about its eviction. Budgets of a pod are kept in `answers` per budget and readiness. */
export const createBudgetRule = (index: KubeIndex): ((pod: KubePod) => Spoken[]) => {
  const answers = new Map<KubePdb, { ready: Spoken[] | null; unready: Spoken[] | null }>()
  const answerOf = (pod: KubePod, pdb: KubePdb): Spoken[] => {
    const known = answers.get(pdb) ?? { ready: null, unready: null }
    answers.set(pdb, known)
    const kind = pod.isReady ? 'ready' : 'unready'
    return (known[kind] ??= budgetHits(index, pod, pdb))
  }
  return (pod) => {
    const pdbs = index.pdbsOf.get(pod)
    if (pdbs === undefined) return []
    // One pod under two budgets is refused whatever they allow.
    if (pdbs.length > 1) return [{ id: 'two-pdbs', detail: pdbs.map(fullName).sort().join(', ') }]
    return pdbs.flatMap((pdb) => answerOf(pod, pdb))
  }
}

/**
 * Budgets that the nodes of one batch overdraw together: more of their pods are on these nodes than may be
 * away at once. A budget that allows nothing is told per node and left out here.
 */
export const overdrawnBudgets = (index: KubeIndex, nodeNames: Iterable<string>): Finding[] => {
  const pods = new Map<KubePdb, Map<string, number>>()
  for (const nodeName of nodeNames)
    for (const pod of index.podsByNode.get(nodeName) ?? []) {
      if (!isMoved(pod)) continue
      for (const pdb of index.pdbsOf.get(pod) ?? []) {
        const onNodes = pods.get(pdb) ?? new Map<string, number>()
        pods.set(pdb, onNodes.set(nodeName, (onNodes.get(nodeName) ?? 0) + 1))
      }
    }
  return [...pods].flatMap(([pdb, onNodes]) => {
    const total = [...onNodes.values()].reduce((sum, count) => sum + count, 0)
    if (pdb.disruptionsAllowed === 0 || total <= pdb.disruptionsAllowed) return []
    return [findingOf('pdb-overdrawn', `${fullName(pdb)} allows ${counted(pdb.disruptionsAllowed, 'disruption')} and has ${counted(total, 'pod')}`, [...onNodes.keys()])]
  })
}
