import 'server-only'
import type { KubeClaim, KubeDaemonSet, KubeNamespace, KubeNode, KubePdb, KubeWorkload } from '@/lib/domain/kube-facts'
import { quantity } from './quantity'
import { resourcesOf, templateOf, type Sharer } from './shape-pods'
import type { WireClaim, WireNamespace, WireNode, WirePdb, WireVolume, WireWorkload } from './wire'

export const nodeOf = ({ metadata, spec, status }: WireNode): KubeNode => ({
  name: metadata.name,
  kubeletVersion: status?.nodeInfo?.kubeletVersion ?? '',
  isUnschedulable: spec?.unschedulable ?? false,
  isReady: status?.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false,
  labels: metadata.labels,
  taints: spec?.taints.map(({ key, value, effect }) => ({ key, value: value ?? '', effect })) ?? [],
  allocatable: { ...resourcesOf(status?.allocatable ?? {}), pods: quantity(status?.allocatable.pods) },
})

/** Kubernetes takes one replica where the number is left out. */
export const workloadOf = (kind: KubeWorkload['kind'], { metadata, spec, status }: WireWorkload, share: Sharer): KubeWorkload => ({
  kind,
  namespace: metadata.namespace,
  name: metadata.name,
  replicas: spec.replicas ?? 1,
  readyReplicas: status?.readyReplicas ?? 0,
  template: templateOf(spec.template, share),
})

export const daemonSetOf = ({ metadata, spec }: WireWorkload, share: Sharer): KubeDaemonSet => ({
  namespace: metadata.namespace,
  name: metadata.name,
  template: templateOf(spec.template, share),
})

export const pdbOf = ({ metadata, spec, status }: WirePdb): KubePdb => ({
  namespace: metadata.namespace,
  name: metadata.name,
  selector: spec.selector ?? null,
  minAvailable: spec.minAvailable,
  maxUnavailable: spec.maxUnavailable,
  expectedPods: status?.expectedPods ?? 0,
  currentHealthy: status?.currentHealthy ?? 0,
  desiredHealthy: status?.desiredHealthy ?? 0,
  disruptionsAllowed: status?.disruptionsAllowed ?? 0,
  unhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy,
})

export const namespaceOf = ({ metadata }: WireNamespace): KubeNamespace => ({ name: metadata.name, labels: metadata.labels })

const zoneKeys = new Set(['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone', 'topology.disk.csi.azure.com/zone'])

const allowedValues = ({ spec }: WireVolume, keys: ReadonlySet<string>): string[] =>
  (spec?.nodeAffinity?.required?.nodeSelectorTerms ?? []).flatMap(({ matchExpressions }) =>
    matchExpressions.flatMap(({ key, operator, values }) => (keys.has(key) && operator === 'In' ? values : [])),
  )

const nodeKeys = new Set(['kubernetes.io/hostname'])

/** Azure's disk driver gives a disk outside every zone an empty zone name, and one of all zones an empty one beside them. */
const placeOf = (volume: WireVolume): Pick<KubeClaim, 'zones' | 'isLocal'> => {
  const zones = [...new Set(allowedValues(volume, zoneKeys).map((zone) => zone || '0'))]
  const isOnNode = volume.spec?.local != null || volume.spec?.hostPath != null
  return { zones: zones.length === 0 ? null : zones, isLocal: isOnNode || allowedValues(volume, nodeKeys).length > 0 }
}

/** Claims joined to their volumes. A claim whose volume is not listed is tied to nothing that is known. */
export const claimsOf = (claims: readonly WireClaim[], volumes: readonly WireVolume[]): KubeClaim[] => {
  const places = new Map(volumes.map((volume) => [volume.metadata.name, placeOf(volume)]))
  return claims.map(({ metadata, spec, status }) => ({
    namespace: metadata.namespace,
    name: metadata.name,
    isBound: status?.phase === 'Bound',
    ...(places.get(spec?.volumeName ?? '') ?? { zones: null, isLocal: false }),
  }))
}
