import type { KubePod } from '../kube-facts'
import { spotKey } from '../matching/own-keys'
import type { FindingId } from './finding'
import { tolerates, requiresSpotKey } from './fit'
import { workloadKeyOf, type KubeIndex } from './kube-index'

type Spoken = { id: FindingId; detail: string }
export type PodRule = (pod: KubePod, index: KubeIndex) => Spoken | null

const spotTaint = { key: spotKey, value: 'spot', effect: 'NoSchedule' }
/** Namespaces of AKS itself: Ocean's webhook never gives their pods the toleration. */
const systemNamespaces = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'gatekeeper-system', 'calico-system', 'tigera-operator'])
const injection = 'spot.io/inject-aks-spot-toleration'

const standalone: PodRule = ({ owner }) => (owner === null ? { id: 'standalone-pod', detail: '' } : null)

const singleReplica: PodRule = (pod, { workloads }) => (workloads.get(workloadKeyOf(pod))?.replicas === 1 ? { id: 'single-replica', detail: '' } : null)

const localData: PodRule = ({ volumes }) => {
  if (volumes.length === 0) return null
  const kinds = [...new Set(volumes.flatMap(({ kind }) => (kind === 'emptyDir' || kind === 'hostPath' ? [kind] : [])))]
  return kinds.length === 0 ? null : { id: 'local-data', detail: kinds.sort().join(', ') }
}

const localVolume: PodRule = (pod, { claims }) => {
  if (claims.size === 0) return null
  const isTied = pod.volumes.some((volume) => volume.kind === 'claim' && claims.get(`${pod.namespace}/${volume.claimName}`)?.isLocal === true)
  return isTied ? { id: 'local-volume', detail: '' } : null
}

const spotAffinity: PodRule = ({ constraints }) => (requiresSpotKey(constraints) ? { id: 'spot-affinity-required', detail: '' } : null)

const restrictScaleDown: PodRule = ({ labels }) => (labels['spotinst.io/restrict-scale-down'] === 'true' ? { id: 'restrict-scale-down', detail: '' } : null)

const notSafeToEvict: PodRule = ({ annotations }) =>
  annotations['cluster-autoscaler.kubernetes.io/safe-to-evict'] === 'false' ? { id: 'not-safe-to-evict', detail: '' } : null

const disruptionKeys = ['karpenter.sh/do-not-disrupt', 'karpenter.sh/do-not-evict']

const doNotDisrupt: PodRule = ({ annotations }) => {
  const key = disruptionKeys.find((name) => annotations[name] === 'true')
  return key === undefined ? null : { id: 'do-not-disrupt', detail: key }
}

/** What becomes of a pod without the spot toleration once it is made anew. */
const tolerationOutlook = ({ namespace }: KubePod, { namespaces, facts }: KubeIndex): string => {
  if (systemNamespaces.has(namespace)) return 'Ocean’s webhook leaves this namespace out: they run on regular nodes'
  if (facts.namespaces.state !== 'read') return 'Whether Ocean’s webhook adds it was not read; without it they run on regular nodes'
  if (namespaces.get(namespace)?.labels[injection] === 'false') return 'Their namespace opts out of Ocean’s webhook: they run on regular nodes'
  return 'Where Ocean’s webhook is installed they get it when made anew, else they run on regular nodes'
}

/** Whether the pod could run on a spot node of AKS as it is. */
export const noSpotToleration: PodRule = (pod, index) =>
  pod.constraints.tolerations.some((toleration) => tolerates(toleration, spotTaint)) ? null : { id: 'no-spot-toleration', detail: tolerationOutlook(pod, index) }

/** Rules that look at a pod alone, whatever its node and the groups are. */
export const podRules: readonly PodRule[] = [standalone, singleReplica, localData, localVolume, spotAffinity, restrictScaleDown, notSafeToEvict, doNotDisrupt]
