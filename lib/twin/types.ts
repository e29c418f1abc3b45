import type { NodeStatus, RunStatus } from '@/lib/domain/run-rules'
import type { MoreSizes } from './vm-sizes'

/** Twin time: milliseconds since the twin was made. What was there before has negative times. */
export type TwinMs = number

export type TwinTaint = { key: string; value: string; effect: string }
/** A null value or effect tolerates every one. */
export type Toleration = { key: string; value: string | null; effect: string | null }
export type Resources = { milliCpu: number; memoryMiB: number; gpu: number }
export type Lifecycle = 'Spot' | 'OnDemand'

export type TwinNode = {
  name: string
  poolName: string
  mode: 'system' | 'user'
  /** Set for nodes that Ocean manages. Nodes of the template carry `templateGroupId`. */
  vngId: string | null
  vmSize: string
  /** As Azure names it, `westeurope-1`. */
  zone: string
  labels: Record<string, string>
  taints: TwinTaint[]
  allocatable: Resources
  maxPods: number
  isReady: boolean
  isCordoned: boolean
  lifecycle: Lifecycle
  createdAtMs: TwinMs
  ipAddress: string
  nodeId: string
}

/** An AKS node pool. Ocean's own are named `omnp` and eight hexadecimal digits. */
export type TwinPool = {
  name: string
  mode: 'system' | 'user'
  vmSize: string
  lifecycle: Lifecycle
  /** The eight digits that stand in the names of its nodes. */
  scaleSet: string
  /** A migration switches the pools it empties to manual; nothing switches them back. */
  scaling: 'auto' | 'manual'
  vngId: string | null
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'Standalone'
export type AffinityTerm = { key: string; operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'; values: string[] }

export type Workload = {
  id: string
  name: string
  namespace: string
  kind: WorkloadKind
  replicas: number
  requests: Resources
  labels: Record<string, string>
  nodeSelector: Record<string, string>
  /** All must hold for a node to be allowed. */
  requiredAffinity: AffinityTerm[]
  /** Weighs in the choice of a VNG only. */
  preferredAffinity: AffinityTerm[]
  tolerations: Toleration[]
  /** Ocean's webhook gives the pod the spot toleration when it is made. */
  toleratesSpot: boolean
  /** The pod label `spotinst.io/restrict-scale-down: "true"`. */
  isScaleDownRestricted: boolean
  startUpMs: number
  /** From eviction to gone. */
  terminationMs: number
  hasVolumes: boolean
  /** What its pods keep on the node itself. */
  localData: 'none' | 'emptyDir' | 'localVolume'
  /** Annotations of its pods. */
  annotations: Record<string, string>
  /** Kubernetes refuses to evict a pod under two budgets. */
  pdbIds: string[]
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

/** A PDB with the pods that it wants ready and those that are. */
export type Budget = { pdb: Pdb; wanted: number; ready: number }
/** `starting` has a node and is not ready; `terminating` is evicted and not gone. Only `running` is ready. */
export type PodPhase = 'pending' | 'starting' | 'running' | 'terminating'

export type Pod = {
  /** `namespace/name`. */
  id: string
  name: string
  namespace: string
  workloadId: string
  nodeName: string | null
  phase: PodPhase
  /** Never becomes ready, wherever it runs. */
  isBroken: boolean
  /** The zone its volume lives in, null without a volume. */
  volumeZone: string | null
  /** Why it has no node. */
  reason: string | null
  createdAtMs: TwinMs
}

/** What a node carries: its pods, terminating ones included, and the sum of their requests. */
export type Load = Resources & { pods: Pod[] }
export type VngSettings = {
  /** Zone numbers as the API takes them, `1`; none means any. */
  availabilityZones: string[]
  labels: Record<string, string>
  taints: TwinTaint[]
  /** Preferred sizes in order; none means the size of the node that is replaced. */
  vmSizes: string[]
  osType: 'Linux' | 'Windows'
  maxPodsPerNode: number
  minCount: number
  maxCount: number
  spotPercentage: number
  fallbackToOd: boolean
  /** Seconds, 300 to 3600. */
  drainingTimeoutSeconds: number
  /** What the API was given beyond what the twin acts on; returned as it came. */
  extra: Record<string, unknown>
}

export type TwinVng = VngSettings & { id: string; name: string; createdAtMs: TwinMs; updatedAtMs: TwinMs }

export type TwinCluster = MoreSizes & {
  id: string
  name: string
  region: string
  resourceGroup: string
  kubernetesVersion: string
  /** Limits over all nodes that Ocean manages. */
  maxVCpu: number
  maxMemoryGiB: number
  template: VngSettings
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

/** `podNames` is what was left on the node when its outcome became final, null before. */
export type RunNode = {
  nodeName: string
  poolName: string
  vngId: string | null
  status: NodeStatus
  batch: number
  podNames: string[] | null
}
export type CapacityStatus = 'SCALING' | 'COMPLETED' | 'PARTIAL_SUCCESS' | 'FAILED'
export type CapacityRow = { poolName: string; vngId: string; newNodes: number; status: CapacityStatus }

/** What a roll was asked for (Spot API, Initiate Roll). */
export type RollScope = 'Cluster' | 'Vng' | 'Node Pool' | 'Node'

/** A migration, or a roll: the same machinery replaces nodes that Ocean manages already. */
export type TwinRun = {
  id: string
  /** Null for a migration. */
  rollScope: RollScope | null
  status: RunStatus
  /** Counts from 1. */
  currentBatch: number
  numOfBatches: number
  comment: string | null
  options: RunOptions
  nodes: Map<string, RunNode>
  /** Node names of each batch, first batch first. */
  batches: string[][]
  /** By pool name. */
  capacity: Map<string, CapacityRow>
  createdAtMs: TwinMs
  endedAtMs: TwinMs | null
  /** When anything about it last changed. */
  changedAtMs: TwinMs
  isStopping: boolean
}

/** A run as an event carries it: plain data, so that a list of events can be written as JSON. */
export type RunStart = Omit<TwinRun, 'nodes' | 'capacity' | 'changedAtMs'> & { nodes: RunNode[]; capacity: CapacityRow[] }

export type Severity = 'INFO' | 'WARN' | 'ERROR' | 'DEBUG'
export type LogEntry = { tMs: TwinMs; severity: Severity; message: string; resourceId: string | null }

/** What a twin starts from. `runs` and `log` are the past. */
export type TwinSpec = {
  cluster: TwinCluster
  vngs: TwinVng[]
  pools: TwinPool[]
  nodes: TwinNode[]
  workloads: Workload[]
  pdbs: Pdb[]
  pods: Pod[]
  runs: RunStart[]
  log: LogEntry[]
}

export type TwinState = {
  nowMs: TwinMs
  cluster: TwinCluster
  vngs: Map<string, TwinVng>
  pools: Map<string, TwinPool>
  nodes: Map<string, TwinNode>
  workloads: Map<string, Workload>
  pdbs: Map<string, Pdb>
  /** By pod id. */
  pods: Map<string, Pod>
  loads: Map<string, Load>
  budgets: Map<string, Budget>
  /** Ids of pods without a node. */
  pending: Set<string>
  /** Ocean's nodes per VNG. */
  nodesByVng: Map<string, number>
  /** What all nodes that Ocean manages count towards the limits. */
  managed: Resources
  runs: Map<string, TwinRun>
  log: LogEntry[]
  lastHeartbeatMs: TwinMs
  isControllerSilent: boolean
}

/** Everything that happens. State is the fold of these over the starting state. */
export type TwinEvent = { tMs: TwinMs } & (
  | { kind: 'heartbeat' }
  | { kind: 'controller-silenced'; isSilent: boolean }
  | { kind: 'log'; severity: Severity; message: string; resourceId: string | null }
  | { kind: 'cluster-changed'; cluster: TwinCluster }
  | { kind: 'vng-set'; vng: TwinVng }
  | { kind: 'vng-deleted'; vngId: string }
  | { kind: 'pool-set'; pool: TwinPool }
  | { kind: 'node-added'; node: TwinNode }
  | { kind: 'node-ready'; nodeName: string }
  | { kind: 'node-relabelled'; nodeName: string; labels: Record<string, string>; taints: TwinTaint[] }
  | { kind: 'node-detached'; nodeName: string }
  | { kind: 'node-removed'; nodeName: string }
  | { kind: 'node-cordoned'; nodeName: string; isCordoned: boolean }
  | { kind: 'pod-created'; pod: Pod }
  | { kind: 'pod-bound'; podId: string; nodeName: string }
  | { kind: 'pod-unschedulable'; podId: string; reason: string }
  | { kind: 'pod-ready'; podId: string }
  | { kind: 'pod-evicted'; podId: string; isForced: boolean }
  | { kind: 'pod-removed'; podId: string }
  | { kind: 'run-created'; run: RunStart }
  | { kind: 'batch-started'; runId: string; batch: number }
  | { kind: 'run-node'; runId: string; nodeName: string; status: NodeStatus; vngId: string | null; podNames: string[] | null }
  | { kind: 'capacity'; runId: string; row: CapacityRow }
  | { kind: 'stop-asked'; runId: string }
  | { kind: 'run-ended'; runId: string; status: RunStatus }
)

/** A change as the code that causes it writes it; the engine stamps the time. */
export type Happening = TwinEvent extends infer Event ? (Event extends TwinEvent ? Omit<Event, 'tMs'> : never) : never

/** What the twin has planned for itself. */
export type TwinAction =
  | { kind: 'heartbeat' }
  | { kind: 'start-batch'; runId: string; batch: number }
  | { kind: 'launch-registers'; launchId: number }
  | { kind: 'launch-settles'; launchId: number }
  | { kind: 'evict'; run: TwinRun; node: RunNode; pod: Pod; budgets: Budget[]; firstTryMs: TwinMs }
  | { kind: 'drain-deadline'; runId: string; nodeName: string }
  | { kind: 'terminate-node'; runId: string; nodeName: string }
  | { kind: 'take-back'; nodeName: string }
  | { kind: 'pod-ready'; pod: Pod }
  | { kind: 'pod-gone'; pod: Pod }
  | { kind: 'retry-pending' }
  | { kind: 'tend-groups' }
  | { kind: 'end-batch'; runId: string; batch: number }
  | { kind: 'incident'; runId: string; incident: Incident }
  | { kind: 'technical-timeout'; runId: string }
  | { kind: 'finish-stop'; runId: string; askedAtMs: TwinMs }

/** How batches are counted, see `lib/twin/batches.ts`. The vendor documents three readings. */
export type BatchReadingSwitch = 'M1' | 'M2' | 'M3'
/** The same, and the other way in which equal parts may fall. */
export type BatchCounting = BatchReadingSwitch | 'M2-floor'

/** Something that goes wrong in a batch of a run, `afterMs` of twin time after the batch has begun. It happens once in a run. */
export type Incident = { inBatch: number; afterMs: TwinMs } & (
  | { kind: 'controller-falls-silent' }
  /** The cluster takes away one old node of the batch. */
  | { kind: 'old-node-vanishes' }
  /** The cloud takes back one new spot node of the run. */
  | { kind: 'new-spot-node-evicted' }
  /** Somebody else stops the run. */
  | { kind: 'stop-asked' }
)

/** What the vendor does not document, and faults. All can be changed while the twin runs. */
export type TwinSwitches = {
  batchReading: BatchCounting
  /** When drained nodes are deleted: one by one (API text), or after the last batch of a run that has not failed (schema text). */
  termination: 'when-drained' | 'after-run'
  /** COMPLETED needs every node moved, or every node moved or skipped for a budget. */
  completion: 'all-moved' | 'all-healthy'
  /** A second run while one is on: refused, or taken and carried out beside the first. */
  secondRun: 'refused' | 'beside'
  /** All selected nodes are cordoned at the start, as the vendor's AWS console shows. */
  isCordonedUpFront: boolean
  /** Names of nodes whose replacement never becomes healthy. */
  cursedNodes: string[]
  /** VNGs for which the cloud has no capacity. */
  vngsWithoutCapacity: string[]
  /** Zones in which the cloud has no capacity, `westeurope-2`. */
  zonesWithoutCapacity: string[]
  /** How many of a hundred spot nodes the market has not, 0 to 100. */
  spotShortagePercentage: number
  incidents: Incident[]
  /** Batches, counted from 1, in which no replacement becomes healthy. */
  cursedBatches: number[]
  /** A run that is not over after so long fails with the vendor's technical timeout; null: never. */
  technicalTimeoutMs: TwinMs | null
  /** The cloud refuses to delete old nodes. */
  isTerminationDenied: boolean
  /** Nodes stay cordoned when a stop wants to give them back. */
  isUncordonDenied: boolean
  /** Outside runs Ocean asks for nodes for pending pods, keeps groups at their minimum and removes idle nodes. */
  isAutoscaled: boolean
}

/** A refusal in the vendor's words: becomes `errors[]` of a 400 or 404. */
export type Refusal = { status: 400 | 404; code: string; message: string; field?: string }
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal }

export type StartRunInput = {
  nodeNames: string[] | null
  nodePoolNames: string[] | null
  comment: string | null
  options: RunOptions
}

/** At most one of the three lists; none means the whole cluster. */
export type StartRollInput = { vngIds: string[] | null; nodePoolNames: string[] | null; nodeNames: string[] | null; comment: string | null; options: RunOptions }

/** `zones` are numbers as the API takes them; null means those of the group. */
export type LaunchNodesInput = { vngIds: string[] | null; count: number; preferredLifecycle: Lifecycle | null; vmSizes: string[]; zones: string[] | null }
export type LaunchedNodes = { vngId: string; poolName: string; vmSize: string; zones: string[]; lifecycle: Lifecycle; count: number }

type ClusterChange = Partial<Omit<TwinCluster, 'id' | 'createdAtMs' | 'updatedAtMs'>>

/** Everything that can be done to a twin from outside. Plain data, so that inputs can be stored and replayed. */
export type TwinCommand =
  | { kind: 'start-run'; input: StartRunInput }
  | { kind: 'start-roll'; input: StartRollInput }
  | { kind: 'stop-run'; runId: string }
  /** What is left out comes from the template. */
  | { kind: 'create-vng'; name: string; settings: Partial<VngSettings> }
  | { kind: 'update-vng'; vngId: string; name?: string; settings: Partial<VngSettings> }
  | { kind: 'delete-vng'; vngId: string }
  | { kind: 'change-cluster'; change: ClusterChange }
  | { kind: 'launch-nodes'; input: LaunchNodesInput }
  | { kind: 'detach-nodes'; nodeNames: string[] }
  | { kind: 'silence-controller'; isSilent: boolean }
  /** Takes a node away, as the cloud or a person might. */
  | { kind: 'vanish-node'; nodeName: string }
  | { kind: 'set-switches'; switches: Partial<TwinSwitches> }

type CommandValues = {
  'start-run': TwinRun
  'start-roll': TwinRun
  'stop-run': TwinRun
  'create-vng': TwinVng
  'update-vng': TwinVng
  'launch-nodes': { launched: LaunchedNodes[]; nodesLeft: number }
}
export type CommandValue<Kind extends TwinCommand['kind']> = Kind extends keyof CommandValues ? CommandValues[Kind] : null

/** A cluster under migration: pure, seeded, without a clock of its own. */
export type Twin = {
  /** Live and to be read only: the engine changes it in place. */
  readonly state: TwinState
  readonly switches: Readonly<TwinSwitches>
  readonly nowMs: TwinMs
  /** Lets time pass up to `untilMs` and returns what happened since the last call. Time never goes back. */
  run: (untilMs: TwinMs) => TwinEvent[]
  /** Lets time pass until no migration is on; gives up at `limitMs` of twin time (default: 30 days on). */
  runToEnd: (limitMs?: TwinMs) => TwinEvent[]
  /** Acts now. Its events come with the next `run`. */
  command: <Command extends TwinCommand>(command: Command) => Outcome<CommandValue<Command['kind']>>
}

export type TwinOptions = { spec: TwinSpec; seed: number; switches?: Partial<TwinSwitches> }
