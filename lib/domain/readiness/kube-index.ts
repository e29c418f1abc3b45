import { itemsOf, type KubeClaim, type KubeDaemonSet, type KubeFacts, type KubeNamespace, type KubeNode, type KubePdb, type KubePod, type KubeWorkload } from '../kube-facts'
import { createPdbFinder } from './selector'

/** The facts joined once, for any number of questions. */
export type KubeIndex = {
  facts: KubeFacts
  nodes: ReadonlyMap<string, KubeNode>
  /** Pods by the node they are on; those that have ended or are going are left out. */
  podsByNode: ReadonlyMap<string, KubePod[]>
  pending: KubePod[]
  pdbsOf: ReadonlyMap<KubePod, KubePdb[]>
  podsOf: ReadonlyMap<KubePdb, KubePod[]>
  /** By `kind/namespace/name`. */
  workloads: ReadonlyMap<string, KubeWorkload>
  /** By `namespace/name`. */
  daemonSets: ReadonlyMap<string, KubeDaemonSet>
  claims: ReadonlyMap<string, KubeClaim>
  namespaces: ReadonlyMap<string, KubeNamespace>
}

export const fullName = ({ namespace, name }: { namespace: string; name: string }): string => `${namespace}/${name}`

/** The key of a pod's owner, the pod itself where nobody owns it. */
export const workloadKeyOf = ({ owner, namespace, name }: KubePod): string => (owner === null ? `Pod/${namespace}/${name}` : `${owner.kind}/${namespace}/${owner.name}`)

const hasEnded = ({ phase, isTerminating }: KubePod) => phase === 'Succeeded' || phase === 'Failed' || isTerminating

/** True for pods that a drain evicts: not those of DaemonSets, nor those the kubelet runs by itself. */
export const isMoved = ({ owner }: KubePod): boolean => owner?.kind !== 'DaemonSet' && owner?.kind !== 'Node'

const byName = <Item extends { namespace: string; name: string }>(items: readonly Item[] | null): Map<string, Item> =>
  new Map(items?.map((item) => [fullName(item), item]))

const fileUnder = <Key>(lists: Map<Key, KubePod[]>, key: Key, pod: KubePod) => {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [pod])
  else known.push(pod)
}

const joinPods = (pods: readonly KubePod[], pdbs: readonly KubePdb[]) => {
  const podsByNode = new Map<string, KubePod[]>()
  const pending: KubePod[] = []
  const pdbsOf = new Map<KubePod, KubePdb[]>()
  const podsOf = new Map<KubePdb, KubePod[]>()
  const findPdbs = createPdbFinder(pdbs)
  for (const pod of pods) {
    if (hasEnded(pod)) continue
    if (pod.nodeName !== null) fileUnder(podsByNode, pod.nodeName, pod)
    else if (pod.phase === 'Pending') pending.push(pod)
    const covering = findPdbs(pod)
    if (covering.length === 0) continue
    pdbsOf.set(pod, covering)
    for (const pdb of covering) fileUnder(podsOf, pdb, pod)
  }
  return { podsByNode, pending, pdbsOf, podsOf }
}

/** Joins what was read. Linear in pods; parts that were not read are empty, `facts` says which. */
export const indexKube = (facts: KubeFacts): KubeIndex => ({
  facts,
  ...joinPods(itemsOf(facts.pods) ?? [], itemsOf(facts.pdbs) ?? []),
  nodes: new Map(itemsOf(facts.nodes)?.map((node) => [node.name, node])),
  workloads: new Map(itemsOf(facts.workloads)?.map((workload) => [`${workload.kind}/${fullName(workload)}`, workload])),
  daemonSets: byName(itemsOf(facts.daemonSets)),
  claims: byName(itemsOf(facts.claims)),
  namespaces: new Map(itemsOf(facts.namespaces)?.map((namespace) => [namespace.name, namespace])),
})
