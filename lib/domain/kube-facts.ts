/**
 * What is read from Kubernetes, as plain data: no type of a client library, no clock. Units are in the names.
 * Pods of one workload share one `constraints` object where the reader can make them do so, so that rules may
 * keep their answers per object.
 */

export type KubeTaint = { key: string; value: string; effect: string }

/** `key` null with operator `Exists` tolerates everything; `effect` null means every effect. */
export type KubeToleration = { key: string | null; operator: 'Equal' | 'Exists'; value: string; effect: string | null }

/** Operators outside Kubernetes' list are kept as they come. */
export type KubeRequirement = { key: string; operator: string; values: string[] }

/** All requirements of a term must hold. `fields` speaks of the node's own fields, such as `metadata.name`. */
export type KubeTerm = { expressions: KubeRequirement[]; fields: KubeRequirement[] }

export type KubeResources = { milliCpu: number; memoryMiB: number; gpu: number }

/** Where a pod may run and what it needs there. */
export type KubeConstraints = {
  nodeSelector: Record<string, string>
  /** One term must hold. Null when nothing is required; an empty list allows no node. */
  requiredAffinity: KubeTerm[] | null
  preferredAffinity: { weight: number; term: KubeTerm }[]
  tolerations: KubeToleration[]
  /** What the scheduler counts for the pod. */
  requests: KubeResources
  /** It must be near other pods, apart from them, or spread. */
  isTiedToPods?: true
}

export type KubeNode = {
  name: string
  kubeletVersion: string
  isUnschedulable: boolean
  isReady: boolean
  labels: Record<string, string>
  taints: KubeTaint[]
  allocatable: KubeResources & { pods: number }
}

export type KubeOwner = { kind: string; name: string }

/** `memory` is an emptyDir in memory, `claim` a persistent volume claim of the pod's namespace. */
export type KubeVolume = { kind: 'emptyDir' | 'memory' | 'hostPath' } | { kind: 'claim'; claimName: string }

export type KubePod = {
  namespace: string
  name: string
  nodeName: string | null
  /** `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`. */
  phase: string
  isReady: boolean
  /** Marked for deletion. */
  isTerminating: boolean
  /** The controller; a Deployment where the owner is one of its ReplicaSets. Null for a stand-alone pod. */
  owner: KubeOwner | null
  labels: Record<string, string>
  annotations: Record<string, string>
  constraints: KubeConstraints
  volumes: KubeVolume[]
  /** The scheduler's words about a pod without a node. */
  pendingReason: string | null
}

/** Either keeps a node where restrict scale down is respected (Ocean AKS, Scaling; the annotation is the Cluster Autoscaler's). */
export const restrictsScaleDown = ({ labels, annotations }: Pick<KubePod, 'labels' | 'annotations'>): boolean =>
  labels['spotinst.io/restrict-scale-down'] === 'true' || annotations['cluster-autoscaler.kubernetes.io/safe-to-evict'] === 'false'

export type KubeTemplate = { labels: Record<string, string>; annotations: Record<string, string>; constraints: KubeConstraints }

export type KubeWorkload = {
  kind: 'Deployment' | 'StatefulSet'
  namespace: string
  name: string
  replicas: number
  readyReplicas: number
  template: KubeTemplate
}

export type KubeDaemonSet = { namespace: string; name: string; template: KubeTemplate }

/** Null selects nothing, an empty selector every pod of the namespace (policy/v1). */
export type KubeSelector = { matchLabels: Record<string, string>; matchExpressions: KubeRequirement[] } | null

/** A Pod Disruption Budget with what its controller last counted. */
export type KubePdb = {
  namespace: string
  name: string
  selector: KubeSelector
  /** A number or a percentage as text; one of the two is set. */
  minAvailable: number | string | null
  maxUnavailable: number | string | null
  expectedPods: number
  currentHealthy: number
  desiredHealthy: number
  disruptionsAllowed: number
  /** `AlwaysAllow` lets pods that are not ready go whatever the budget says; null is `IfHealthyBudget`. */
  unhealthyPodEvictionPolicy: string | null
}

/** A claim joined to its volume. */
export type KubeClaim = {
  namespace: string
  name: string
  isBound: boolean
  /** The zones the volume can be used in, `0` for nodes without a zone; null when it is not tied to any. */
  zones: string[] | null
  /** The volume can be used on certain nodes only: a local disk. */
  isLocal: boolean
}

export type KubeNamespace = { name: string; labels: Record<string, string> }

/** What a cluster autoscaler last wrote of itself: when, and the groups that it scales. What it does not tell is null. */
export type KubeAutoscaler = { writtenAtMs: number | null; groups: { name: string; minSize: number | null; maxSize: number | null }[] }

/**
 * One kind of fact. `not-read` is a state of its own: not asked for yet, or not connected. Nothing is ever
 * half read: a list over the reader's limit has failed.
 */
export type KubePart<Item> =
  | { state: 'read'; items: Item[]; readAtMs: number }
  | { state: 'not-read' }
  | { state: 'failed'; sentence: string; remedy: string }

type KubeItems = {
  nodes: KubeNode
  pods: KubePod
  workloads: KubeWorkload
  pdbs: KubePdb
  daemonSets: KubeDaemonSet
  claims: KubeClaim
  namespaces: KubeNamespace
}
export type KubeKind = keyof KubeItems
/** The autoscaler's status is apart: plans use it, and no rule about a node needs it. Where nobody has written one there is none. */
export type KubeFacts = { [Kind in KubeKind]: KubePart<KubeItems[Kind]> } & { autoscaler: KubePart<KubeAutoscaler> }

export const kubeKinds: readonly KubeKind[] = ['nodes', 'pods', 'workloads', 'pdbs', 'daemonSets', 'claims', 'namespaces']

/** Nothing read: the facts of a cluster before the first answer. */
export const nothingRead: KubeFacts = {
  nodes: { state: 'not-read' },
  pods: { state: 'not-read' },
  workloads: { state: 'not-read' },
  pdbs: { state: 'not-read' },
  daemonSets: { state: 'not-read' },
  claims: { state: 'not-read' },
  namespaces: { state: 'not-read' },
  autoscaler: { state: 'not-read' },
}

/** The items of a part, null unless it was read. */
export const itemsOf = <Item>(part: KubePart<Item>): Item[] | null => (part.state === 'read' ? part.items : null)
