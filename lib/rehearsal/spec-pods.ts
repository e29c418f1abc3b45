import { podStates, type PodTuple, type RehearsalFacts, type RehearsalPods, type RehearsalWorkload } from '@/lib/domain/rehearsal/facts'
import { spotKey, spotTaint } from '@/lib/twin/constraints'
import type { Pdb, Pod, Toleration, TwinSpec, Workload, WorkloadKind } from '@/lib/twin/types'
import { nodeSelectorOf, preferredAffinityOf, requiredAffinityOf } from './affinity'

type Placed = Pick<TwinSpec, 'workloads' | 'pdbs' | 'pods'>

const kinds: Readonly<Record<string, WorkloadKind>> = { Deployment: 'Deployment', StatefulSet: 'StatefulSet', DaemonSet: 'DaemonSet', Job: 'Job', Pod: 'Standalone' }

const pdbId = (index: number) => `pdb-${index}`

/** A toleration without a key bears every taint; the twin knows only tolerations of a key. */
const tolerationsOf = ({ tolerations }: RehearsalWorkload, taintKeys: readonly string[]): Toleration[] =>
  tolerations.flatMap(({ key, operator, value, effect }) =>
    (key === null ? taintKeys : [key]).map((taintKey) => ({ key: taintKey, value: operator === 'Exists' ? null : value, effect })),
  )

const toleratesSpot = (tolerations: readonly Toleration[]): boolean =>
  tolerations.some(({ key, value, effect }) => key === spotKey && (value === null || value === spotTaint.value) && (effect === null || effect === spotTaint.effect))

const taintKeysOf = ({ carriers, groups, template }: RehearsalFacts): string[] => [
  ...new Set([spotKey, ...[...carriers, ...groups, template].flatMap(({ taints }) => taints.map(({ key }) => key))]),
]

/** How long pods take to start and to go is not read: the seed draws it, see `withDrawnTimes`. */
const workloadOf = (given: RehearsalWorkload, index: number, taintKeys: readonly string[]): Workload => {
  const tolerations = tolerationsOf(given, taintKeys)
  return {
    id: `workload-${index}`,
    name: given.name,
    namespace: given.namespace,
    kind: kinds[given.kind] ?? 'Deployment',
    replicas: 0,
    requests: given.requests,
    labels: {},
    nodeSelector: nodeSelectorOf(given),
    requiredAffinity: requiredAffinityOf(given, index),
    preferredAffinity: preferredAffinityOf(given),
    tolerations,
    toleratesSpot: toleratesSpot(tolerations),
    isScaleDownRestricted: given.isScaleDownRestricted,
    startUpMs: 0,
    terminationMs: 0,
    hasVolumes: false,
    localData: 'none',
    annotations: {},
    pdbIds: given.budgets.map(pdbId),
  }
}

/** A workload whose pod no other node takes. */
const boundTo = (workload: Workload, nodeName: string): Workload => ({
  ...workload,
  id: `${workload.id} on ${nodeName}`,
  nodeSelector: { ...workload.nodeSelector, 'kubernetes.io/hostname': nodeName },
})

/** The name of a rehearsed pod. Real names are not read: they differ after every move. */
export const podName = ({ name }: Pick<Workload, 'name'>, index: number): string => `${name}-rehearsed-${index}`

/** `namespace/workload` of the id of a rehearsed pod, before and after it was made anew. */
export const workloadOfPod = (podId: string): string => podId.replace(/-rehearsed-[a-z0-9]+$/, '')

/** The workloads, budgets and pods of Kubernetes as the twin starts from them. */
export const podsFrom = (facts: RehearsalFacts, { workloads: given, budgets, zones, pods: tuples }: RehearsalPods): Placed => {
  const taintKeys = taintKeysOf(facts)
  const plain = given.map((workload, index) => workloadOf(workload, index, taintKeys))
  const bound = new Map<string, Workload>()
  const ownerOf = (workload: Workload, nodeName: string | null, state: string): Workload => {
    if (state !== 'bound' || nodeName === null) return workload
    const own = bound.get(`${workload.id} on ${nodeName}`) ?? boundTo(workload, nodeName)
    bound.set(own.id, own)
    return own
  }
  const podOf = ([workloadIndex, nodeIndex, stateIndex, zoneIndex]: PodTuple, index: number): Pod[] => {
    const plainOwner = plain[workloadIndex]
    if (plainOwner === undefined) return []
    const nodeName = facts.nodes[nodeIndex]?.nodeName ?? null
    const state = podStates[stateIndex] ?? 'sound'
    const owner = ownerOf(plainOwner, nodeName, state)
    owner.replicas += 1
    const name = podName(owner, index)
    const phase = nodeName === null ? 'pending' : state === 'unready' ? 'starting' : 'running'
    const volumeZone = zones[zoneIndex] ?? null
    return [{ id: `${owner.namespace}/${name}`, name, namespace: owner.namespace, workloadId: owner.id, nodeName, phase, isBroken: state === 'unready', volumeZone, reason: null, createdAtMs: -1 }]
  }
  const pods = tuples.flatMap(podOf)
  const pdbs = budgets.map((budget, index): Pdb => ({ ...budget, id: pdbId(index) }))
  return { workloads: [...plain, ...bound.values()], pdbs, pods }
}
