import { restrictsScaleDown, type KubeConstraints, type KubePdb, type KubePod } from '../kube-facts'
import type { KubeIndex } from '../readiness/kube-index'
import { podStates, type PodTuple, type RehearsalBudget, type RehearsalPods, type RehearsalWorkload } from './facts'
import { createPlaces } from './places'

type Kind = Omit<RehearsalWorkload, 'budgets'>

/**
 * The pods of a DaemonSet are each tied to their node by name (Kubernetes, DaemonSet, "How Daemon Pods are
 * scheduled"), so what it asks of nodes stands in its template.
 */
const constraintsOf = ({ namespace, owner, constraints }: KubePod, { daemonSets }: KubeIndex): KubeConstraints => {
  if (owner?.kind !== 'DaemonSet') return constraints
  const terms = constraints.requiredAffinity?.map(({ expressions }) => ({ expressions, fields: [] })) ?? null
  return daemonSets.get(`${namespace}/${owner.name}`)?.template.constraints ?? { ...constraints, requiredAffinity: terms }
}

const kindOf = (pod: KubePod, constraints: KubeConstraints): Kind => ({
  kind: pod.owner?.kind ?? 'Pod',
  namespace: pod.namespace,
  name: pod.owner?.name ?? pod.name,
  requests: constraints.requests,
  nodeSelector: constraints.nodeSelector,
  requiredAffinity: constraints.requiredAffinity,
  preferredAffinity: constraints.preferredAffinity.flatMap(({ term }) => term.expressions),
  tolerations: constraints.tolerations,
  isTiedToPods: constraints.isTiedToPods === true,
  isScaleDownRestricted: restrictsScaleDown(pod),
})

const budgetOf = ({ namespace, name, minAvailable, maxUnavailable, expectedPods }: KubePdb): RehearsalBudget => ({ namespace, name, minAvailable, maxUnavailable, expectedPods })

/** Where the pod's volumes tie it: to its node, to a zone (that of its node where a volume allows several), or not at all. */
const tieOf = ({ namespace, volumes }: KubePod, { claims }: KubeIndex, nodeZone: string | undefined): { isBound: boolean; zone: string | null } => {
  const used = volumes.flatMap((volume) => (volume.kind === 'claim' ? (claims.get(`${namespace}/${volume.claimName}`) ?? []) : []))
  const zones = used.find((claim) => claim.zones !== null)?.zones ?? null
  const zone = zones === null ? null : nodeZone !== undefined && zones.includes(nodeZone) ? nodeZone : (zones[0] ?? null)
  return { isBound: used.some(({ isLocal }) => isLocal), zone }
}

const isRehearsed = ({ owner }: KubePod) => owner?.kind !== 'Node'

type Place = { index: number; zone: string }

/**
 * The pods that a rehearsal moves, each as four numbers. Pods of one owner with the same constraints and
 * budgets are one workload: after a change of its template an owner has two. Null where pods were not read.
 * Pods that the kubelet runs by itself are left out: nothing moves them, and they are small.
 */
export const gatherPods = (kube: KubeIndex, places: ReadonlyMap<string, Place>): RehearsalPods | null => {
  if (kube.facts.pods.state !== 'read') return null
  const budgets = createPlaces(budgetOf)
  const zones = createPlaces((zone: string) => zone)
  const samples: KubePod[] = []
  const workloadsByKey = new Map<string, number>()
  const constraintIds = createPlaces((constraints: KubePod['constraints']) => constraints)

  const workloadOf = (pod: KubePod): number => {
    const covering = (kube.pdbsOf.get(pod) ?? []).map((pdb) => budgets.place(pdb))
    const owner = pod.owner === null ? `Pod/${pod.name}` : `${pod.owner.kind}/${pod.owner.name}`
    const constraints = pod.owner?.kind === 'DaemonSet' ? '' : constraintIds.place(pod.constraints)
    const key = `${pod.namespace}/${owner} ${constraints} ${covering.join()} ${restrictsScaleDown(pod)}`
    const known = workloadsByKey.get(key)
    if (known !== undefined) return known
    workloadsByKey.set(key, samples.length)
    return samples.push(pod) - 1
  }

  const tupleOf = (pod: KubePod): PodTuple => {
    const place = places.get(pod.nodeName ?? '')
    const { isBound, zone } = tieOf(pod, kube, place?.zone)
    const state = isBound ? 'bound' : pod.nodeName !== null && !pod.isReady ? 'unready' : 'sound'
    return [workloadOf(pod), place?.index ?? -1, podStates.indexOf(state), zone === null ? -1 : zones.place(zone)]
  }

  const placed = [...kube.podsByNode].flatMap(([nodeName, pods]) => (places.has(nodeName) ? pods : []))
  const pods = [...placed, ...kube.pending].filter(isRehearsed).map(tupleOf)
  const workloads = samples.map((pod) => ({ ...kindOf(pod, constraintsOf(pod, kube)), budgets: (kube.pdbsOf.get(pod) ?? []).map((pdb) => budgets.place(pdb)) }))
  return {
    workloads,
    budgets: budgets.values,
    zones: zones.values,
    pods,
    areBudgetsRead: kube.facts.pdbs.state === 'read',
    areVolumesRead: kube.facts.claims.state === 'read',
  }
}
