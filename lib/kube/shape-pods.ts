import 'server-only'
import type { KubeConstraints, KubeOwner, KubePod, KubeRequirement, KubeResources, KubeTemplate, KubeTerm, KubeVolume } from '@/lib/domain/kube-facts'
import { quantity } from './quantity'
import type { Amounts, WirePod, WirePodSpec, WireTemplate, WireTerm } from './wire'

const bytesPerMiB = 2 ** 20
const longestAnnotation = 512

/** Amounts as the rules count them. GPUs by any vendor's plug-in. */
export const resourcesOf = (amounts: Amounts): KubeResources => ({
  milliCpu: Math.round(quantity(amounts.cpu) * 1000),
  memoryMiB: Math.ceil(quantity(amounts.memory) / bytesPerMiB),
  gpu: quantity(amounts['nvidia.com/gpu']) + quantity(amounts['amd.com/gpu']),
})

const nothing: KubeResources = { milliCpu: 0, memoryMiB: 0, gpu: 0 }
const combine = (a: KubeResources, b: KubeResources, join: (one: number, other: number) => number): KubeResources => ({
  milliCpu: join(a.milliCpu, b.milliCpu),
  memoryMiB: join(a.memoryMiB, b.memoryMiB),
  gpu: join(a.gpu, b.gpu),
})
const add = (a: KubeResources, b: KubeResources) => combine(a, b, (one, other) => one + other)
const larger = (a: KubeResources, b: KubeResources) => combine(a, b, Math.max)

type WireContainer = WirePodSpec['containers'][number]

const requestsOfOne = ({ resources }: WireContainer): KubeResources => resourcesOf(resources?.requests ?? {})

/** Init containers run one after another, each beside the sidecars that were started before it (Kubernetes, Sidecar Containers). */
const largestStart = (initContainers: readonly WireContainer[]): { sidecars: KubeResources; largest: KubeResources } => {
  let [sidecars, largest] = [nothing, nothing]
  for (const container of initContainers) {
    const beside = add(sidecars, requestsOfOne(container))
    if (container.restartPolicy === 'Always') sidecars = beside
    largest = larger(largest, beside)
  }
  return { sidecars, largest }
}

/** What the pod requests as a whole stands in place of the sum, each resource by itself (Kubernetes, Assign Pod-level CPU and memory resources). */
const asWhole = (sum: KubeResources, whole: Amounts): KubeResources => {
  const { milliCpu, memoryMiB } = resourcesOf(whole)
  return { ...sum, ...(whole.cpu === undefined ? {} : { milliCpu }), ...(whole.memory === undefined ? {} : { memoryMiB }) }
}

/** What the scheduler counts: containers and sidecars together, or the largest that is needed to start them, and the overhead (Kubernetes, Init Containers). */
const requestsOf = ({ containers, initContainers, resources, overhead }: WirePodSpec): KubeResources => {
  const { sidecars, largest } = largestStart(initContainers)
  const sum = larger(containers.map(requestsOfOne).reduce(add, sidecars), largest)
  return add(asWhole(sum, resources?.requests ?? {}), resourcesOf(overhead))
}

const requirementOf = ({ key, operator, values }: WireTerm['matchExpressions'][number]): KubeRequirement => ({ key, operator, values })

const termOf = ({ matchExpressions, matchFields }: WireTerm): KubeTerm => ({ expressions: matchExpressions.map(requirementOf), fields: matchFields.map(requirementOf) })

/** Only what must hold: the rest is a wish of the pod. A spread must hold unless it says otherwise (Kubernetes, Pod Topology Spread Constraints). */
const isTiedToPods = ({ affinity, topologySpreadConstraints }: WirePodSpec): boolean =>
  [affinity?.podAffinity, affinity?.podAntiAffinity].some((terms) => (terms?.requiredDuringSchedulingIgnoredDuringExecution.length ?? 0) > 0) ||
  topologySpreadConstraints.some(({ whenUnsatisfiable }) => whenUnsatisfiable !== 'ScheduleAnyway')

const constraintsOf = (spec: WirePodSpec): KubeConstraints => {
  const affinity = spec.affinity?.nodeAffinity
  return {
    nodeSelector: spec.nodeSelector,
    requiredAffinity: affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.map(termOf) ?? null,
    preferredAffinity: affinity?.preferredDuringSchedulingIgnoredDuringExecution.map(({ weight, preference }) => ({ weight, term: termOf(preference) })) ?? [],
    tolerations: spec.tolerations.map(({ key, operator, value, effect }) => ({
      key: key === '' ? null : key,
      operator: operator === 'Exists' ? 'Exists' : 'Equal',
      value: value ?? '',
      effect: effect === '' ? null : effect,
    })),
    requests: requestsOf(spec),
    ...(isTiedToPods(spec) ? { isTiedToPods: true as const } : {}),
  }
}

/** Gives equal constraints one object, so that rules answer once for all pods of a workload. One per read. */
export const createSharer = () => {
  const known = new Map<string, KubeConstraints>()
  return (spec: WirePodSpec): KubeConstraints => {
    const constraints = constraintsOf(spec)
    const key = JSON.stringify(constraints)
    const shared = known.get(key)
    if (shared !== undefined) return shared
    known.set(key, constraints)
    return constraints
  }
}
export type Sharer = ReturnType<typeof createSharer>

/** Long annotations are notes of tools to themselves: no rule reads them, and they outweigh the pod. */
const shortOnly = (annotations: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(annotations).filter(([, value]) => value.length <= longestAnnotation))

/** Pods of a Deployment belong to a ReplicaSet named after it and the hash of the template. */
const ownerOf = ({ ownerReferences, labels }: WirePod['metadata']): KubeOwner | null => {
  const controller = ownerReferences.find((reference) => reference.controller)
  if (controller === undefined) return null
  const suffix = `-${labels['pod-template-hash']}`
  const isOfDeployment = controller.kind === 'ReplicaSet' && labels['pod-template-hash'] !== undefined && controller.name.endsWith(suffix)
  return isOfDeployment ? { kind: 'Deployment', name: controller.name.slice(0, -suffix.length) } : { kind: controller.kind, name: controller.name }
}

const volumesOf = (podName: string, { volumes }: WirePodSpec): KubeVolume[] =>
  volumes.flatMap((volume): KubeVolume[] => {
    if (volume.emptyDir) return [{ kind: volume.emptyDir.medium === 'Memory' ? 'memory' : 'emptyDir' }]
    if (volume.hostPath) return [{ kind: 'hostPath' }]
    if (volume.persistentVolumeClaim) return [{ kind: 'claim', claimName: volume.persistentVolumeClaim.claimName }]
    // The claim of a generic ephemeral volume is named after the pod (Kubernetes, Ephemeral Volumes).
    return volume.ephemeral ? [{ kind: 'claim', claimName: `${podName}-${volume.name}` }] : []
  })

export const podOf = ({ metadata, spec, status }: WirePod, share: Sharer): KubePod => {
  const conditions = status?.conditions ?? []
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    nodeName: spec.nodeName === '' ? null : spec.nodeName,
    phase: status?.phase ?? 'Unknown',
    isReady: conditions.some(({ type, status: state }) => type === 'Ready' && state === 'True'),
    isTerminating: metadata.deletionTimestamp !== null,
    owner: ownerOf(metadata),
    labels: metadata.labels,
    annotations: shortOnly(metadata.annotations),
    constraints: share(spec),
    volumes: volumesOf(metadata.name, spec),
    pendingReason: conditions.find(({ type, status: state }) => type === 'PodScheduled' && state === 'False')?.message ?? null,
  }
}

export const templateOf = ({ metadata, spec }: WireTemplate, share: Sharer): KubeTemplate => ({
  labels: metadata?.labels ?? {},
  annotations: shortOnly(metadata?.annotations ?? {}),
  constraints: share(spec),
})
