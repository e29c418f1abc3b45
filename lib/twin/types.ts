import type { NodeStatus, RunStatus } from '@/lib/domain/run-rules'

/** Twin time: milliseconds since the twin was made. What was there before has negative times. */
export type TwinMs = number

export type TwinTaint = { key: string; value: string; effect: string }
export type Toleration = { key: string; value: string | null; effect: string | null }
export type Resources = { milliCpu: number; memoryMiB: number; gpu: number }

export type TwinNode = {
  name: string
  poolName: string
  mode: 'system' | 'user'
  /** Set for nodes that Ocean manages. */
  vngId: string | null
  vmSize: string
  zone: string
  labels: Record<string, string>
  taints: TwinTaint[]
  allocatable: Resources
  maxPods: number
  isReady: boolean
  isCordoned: boolean
  lifecycle: 'Spot' | 'OnDemand'
  createdAtMs: TwinMs
  ipAddress: string
  nodeId: string
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'Standalone'

export type Workload = {
  id: string
  name: string
  namespace: string
  kind: WorkloadKind
  replicas: number
  requests: Resources
  nodeSelector: Record<string, string>
  tolerations: Toleration[]
  /** The pod label `spotinst.io/restrict-scale-down: "true"`. */
  isScaleDownRestricted: boolean
  startUpMs: number
  hasVolumes: boolean
  pdbId: string | null
}

/** Exactly one of the two is set; text holds a percentage such as `50%`. */
export type Pdb = {
  id: string
  name: string
  namespace: string
  minAvailable: number | string | null
  maxUnavailable: number | string | null
  expectedPods: number
}

export type PodPhase = 'pending' | 'starting' | 'running'

export type Pod = {
  name: string
  namespace: string
  workloadId: string
  nodeName: string | null
  phase: PodPhase
  /** The zone its volume lives in, null without a volume. */
  volumeZone: string | null
  /** Why it has no node. */
  reason: string | null
}

export type TwinVng = {
  id: string
  name: string
  availabilityZones: string[]
  labels: Record<string, string>
  taints: TwinTaint[]
  minCount: number
  maxCount: number
  spotPercentage: number
  fallbackToOd: boolean
  /** Seconds, 300 to 3600. */
  drainingTimeoutSeconds: number
  createdAtMs: TwinMs
  updatedAtMs: TwinMs
  /** What the API was given beyond what the twin acts on; returned as it came. */
  extra: Record<string, unknown>
}

export type TwinCluster = {
  id: string
  name: string
  region: string
  resourceGroup: string
  kubernetesVersion: string
  maxVCpu: number
  maxMemoryGiB: number
  template: Omit<TwinVng, 'id' | 'name' | 'createdAtMs' | 'updatedAtMs'>
  createdAtMs: TwinMs
  updatedAtMs: TwinMs
  extra: Record<string, unknown>
}

export type RunOptions = {
  batchSizePercentage: number
  batchMinHealthyPercentage: number
  respectPdb: boolean
  respectRestrictScaleDown: boolean
  shouldTerminateNodes: boolean
  shouldEvictStandalonePods: boolean
}

export type RunNode = { nodeName: string; poolName: string; vngId: string | null; status: NodeStatus; batch: number; podNames: string[] | null }
export type CapacityStatus = 'SCALING' | 'COMPLETED' | 'PARTIAL_SUCCESS' | 'FAILED'
export type CapacityRow = { poolName: string; vngId: string; newNodes: number; status: CapacityStatus }

export type TwinRun = {
  id: string
  status: RunStatus
  currentBatch: number
  numOfBatches: number
  comment: string | null
  options: RunOptions
  nodes: Map<string, RunNode>
  /** Node names of each batch, first batch first. */
  batches: string[][]
  capacity: Map<string, CapacityRow>
  createdAtMs: TwinMs
  endedAtMs: TwinMs | null
  isStopping: boolean
}

export type LogEntry = { tMs: TwinMs; severity: 'INFO' | 'WARN' | 'ERROR' | 'DEBUG'; message: string; resourceId: string | null }

export type TwinState = {
  nowMs: TwinMs
  cluster: TwinCluster
  vngs: Map<string, TwinVng>
  nodes: Map<string, TwinNode>
  workloads: Map<string, Workload>
  pdbs: Map<string, Pdb>
  pods: Map<string, Pod>
  podsByNode: Map<string, Set<string>>
  used: Map<string, Resources>
  readyByPdb: Map<string, number>
  pending: Set<string>
  runs: Map<string, TwinRun>
  log: LogEntry[]
  lastHeartbeatMs: TwinMs
  isControllerSilent: boolean
}

/** Everything that happens. State is the fold of these over the starting state. */
export type TwinEvent = { tMs: TwinMs } & (
  | { kind: 'heartbeat' }
  | { kind: 'controller-silenced'; isSilent: boolean }
  | { kind: 'log'; severity: LogEntry['severity']; message: string; resourceId: string | null }
  | { kind: 'cluster-changed'; cluster: TwinCluster }
  | { kind: 'vng-set'; vng: TwinVng }
  | { kind: 'vng-deleted'; vngId: string }
  | { kind: 'node-added'; node: TwinNode }
  | { kind: 'node-removed'; nodeName: string }
  | { kind: 'node-cordoned'; nodeName: string; isCordoned: boolean }
  | { kind: 'pod-created'; pod: Pod }
  | { kind: 'pod-bound'; podName: string; nodeName: string }
  | { kind: 'pod-unschedulable'; podName: string; reason: string }
  | { kind: 'pod-ready'; podName: string }
  | { kind: 'pod-removed'; podName: string; cause: 'evicted' | 'forced' | 'node-gone' }
  | { kind: 'run-created'; run: TwinRun }
  | { kind: 'batch-started'; runId: string; batch: number }
  | { kind: 'run-node'; runId: string; nodeName: string; status: NodeStatus; vngId: string | null; podNames: string[] | null }
  | { kind: 'capacity'; runId: string; row: CapacityRow }
  | { kind: 'stop-asked'; runId: string }
  | { kind: 'run-ended'; runId: string; status: RunStatus }
)

/** A change as the code that causes it writes it; the engine stamps the time. */
export type Happening = TwinEvent extends infer Event ? (Event extends TwinEvent ? Omit<Event, 'tMs'> : never) : never

/** What the twin has planned for itself. Data, so that a twin can be stored and taken up again. */
export type TwinAction =
  | { kind: 'heartbeat' }
  | { kind: 'start-batch'; runId: string; batch: number }
  | { kind: 'capacity-arrives'; runId: string; nodeName: string; replacement: TwinNode | null }
  | { kind: 'evict'; runId: string; nodeName: string; podName: string; firstTryMs: TwinMs }
  | { kind: 'drain-deadline'; runId: string; nodeName: string }
  | { kind: 'remove-node'; nodeName: string }
  | { kind: 'pod-ready'; podName: string }
  | { kind: 'retry-pending' }
  | { kind: 'end-batch'; runId: string; batch: number }
  | { kind: 'finish-stop'; runId: string }

/** How batches are counted, see `lib/twin/batches.ts`. The vendor documents three readings. */
export type BatchReadingSwitch = 'M1' | 'M2' | 'M3'

export type TwinSwitches = {
  batchReading: BatchReadingSwitch
  /** Nodes whose replacement never becomes healthy. */
  cursedNodes: string[]
  /** VNGs for which the cloud has no capacity. */
  vngsWithoutCapacity: string[]
}

/** A refusal in the vendor's words: becomes `errors[]` of a 400 or 404. */
export type Refusal = { status: 400 | 404; code: string; message: string; field?: string }
export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal }

export type StartRunInput = {
  nodeNames: string[] | null
  nodePoolNames: string[] | null
  comment: string | null
  options: RunOptions
}
