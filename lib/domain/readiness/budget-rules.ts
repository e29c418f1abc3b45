import { counted } from '@/lib/format/plural'
import type { KubePdb, KubePod } from '../kube-facts'
import type { FindingId } from './finding'
import { fullName, type KubeIndex } from './kube-index'
import { shortList } from './rules'

type Spoken = { id: FindingId; detail: string }

const healthText = ({ currentHealthy, expectedPods, desiredHealthy }: KubePdb) => `${currentHealthy} of ${counted(expectedPods, 'pod')} healthy, ${desiredHealthy} needed`

const unready = (index: KubeIndex, pdb: KubePdb): KubePod[] => (index.podsOf.get(pdb) ?? []).filter(({ isReady }) => !isReady)

/** Kubernetes lets a pod that is not ready go when its budget is healthy without it, or always where the policy says so. A budget that needs none healthy counts as not counted yet. */
const mayGoUnready = ({ unhealthyPodEvictionPolicy, currentHealthy, desiredHealthy }: KubePdb): boolean =>
  unhealthyPodEvictionPolicy === 'AlwaysAllow' || (desiredHealthy > 0 && currentHealthy >= desiredHealthy)

const budgetHits = (index: KubeIndex, pod: KubePod, pdb: KubePdb): Spoken[] => {
  if (pdb.disruptionsAllowed > 0 || (!pod.isReady && mayGoUnready(pdb))) return []
  const waiting = unready(index, pdb)
  return [
    { id: 'pdb-allows-none', detail: `${fullName(pdb)} allows no disruption (${healthText(pdb)})` },
    ...(waiting.length > 0 ? [{ id: 'unready-behind-pdb' as const, detail: `${fullName(pdb)} (${shortList(waiting.map(({ name }) => name))})` }] : []),
  ]
}

/** Eviction asks no budget about a pod whose containers have not started (Kubernetes, API-initiated Eviction). */
export const isHeldByBudgets = ({ phase }: Pick<KubePod, 'phase'>): boolean => phase !== 'Pending'

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
    if (pdbs === undefined || !isHeldByBudgets(pod)) return []
    // One pod under two budgets is refused whatever they allow.
    if (pdbs.length > 1) return [{ id: 'two-pdbs', detail: pdbs.map(fullName).sort().join(', ') }]
    return pdbs.flatMap((pdb) => answerOf(pod, pdb))
  }
}
