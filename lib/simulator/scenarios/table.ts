import type { GenerateInput } from '@/lib/twin/generate/cluster'
import { templateGroupId } from '@/lib/twin/groups'
import type { TwinNode, TwinSwitches, TwinVng } from '@/lib/twin/types'
import type { WireInput } from '../wire-input'

const minuteMs = 60_000

/** What a scenario sees of the cluster in which it switches something. */
type Cluster = { nodes: Iterable<TwinNode>; vngs: Iterable<TwinVng> }

/** A named situation. What is left out is as in `calm`. */
type Scenario = {
  /** One line for --help; it names how many nodes to select where a few are not enough. */
  help: string
  cluster?: GenerateInput['scenario']
  /** Size of the first cluster where the flags do not say. */
  size?: { nodes: number; pods: number }
  switches?: (cluster: Cluster) => Partial<TwinSwitches>
  wire?: WireInput
  /** Past runs of the first cluster; one of each ending when left out. */
  pastRuns?: number
  /** A migration is on in the staging cluster when the simulator starts. */
  isRunUnderWay?: true
}

/** The same node on every start, so that a newcomer who tries again sees the same story. */
const oneCursed = ({ nodes }: Cluster): Partial<TwinSwitches> => {
  const candidates = [...nodes].filter(({ poolName, vngId }) => poolName === 'npapi' && vngId === null)
  return { cursedNodes: candidates.slice(2, 3).map(({ name }) => name) }
}

/** The groups that are there now; one that somebody creates has capacity. */
const nowhere = ({ vngs }: Cluster): Partial<TwinSwitches> => ({ vngsWithoutCapacity: [...[...vngs].map(({ id }) => id), templateGroupId] })

/** New nodes take two minutes at the least and a drain nearly as long: after this some nodes drain and none is done. */
const midDrainMs = 3.5 * minuteMs
const stopInBatchTwo: TwinSwitches['incidents'] = [{ inBatch: 2, afterMs: midDrainMs, kind: 'stop-asked' }]

export const scenarioNames = [
  'calm',
  'mixed',
  'pdb-skips-everything-but-completes',
  'threshold-fails-in-batch-2',
  'no-capacity',
  'controller-lost',
  'technical-timeout',
  'cannot-terminate',
  'stop-mid-drain',
  'uncordon-fails',
  'node-vanishes',
  'spot-eviction-of-a-new-node',
  'unknown-status',
  'huge',
  'many-old-runs',
] as const
export type ScenarioName = (typeof scenarioNames)[number]

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  calm: { help: 'every node with a match can be replaced' },
  mixed: { help: 'what real clusters have: tight budgets, stand-alone and pending pods, one replacement that never becomes healthy', cluster: 'mixed', switches: oneCursed, isRunUnderWay: true },
  'pdb-skips-everything-but-completes': { help: 'every node is held by a budget that allows nothing; the run completes and moves none', cluster: 'guarded' },
  'threshold-fails-in-batch-2': { help: 'no replacement of the second batch becomes healthy; select two nodes or more', switches: () => ({ cursedBatches: [2] }) },
  'no-capacity': { help: 'the cloud has no nodes for any group, and the first batch fails', switches: nowhere },
  'controller-lost': { help: 'the controller falls silent in the second batch, and the run fails ten minutes later; select two nodes or more', switches: () => ({ incidents: [{ inBatch: 2, afterMs: 2 * minuteMs, kind: 'controller-falls-silent' }] }) },
  'technical-timeout': { help: 'a run fails that is not over after nine minutes; select two nodes or more', switches: () => ({ technicalTimeoutMs: 9 * minuteMs }) },
  'cannot-terminate': { help: 'Azure refuses to delete old nodes, and the run fails at the first', switches: () => ({ isTerminationDenied: true }) },
  'stop-mid-drain': { help: 'somebody else stops the run while the second batch drains; select two nodes or more', switches: () => ({ incidents: stopInBatchTwo }) },
  'uncordon-fails': { help: 'somebody else stops the run, and its nodes that were not moved stay cordoned; select two nodes or more', switches: () => ({ incidents: stopInBatchTwo, isUncordonDenied: true }) },
  'node-vanishes': { help: 'an old node disappears while its batch runs; select six nodes or more', switches: () => ({ incidents: [{ inBatch: 1, afterMs: minuteMs, kind: 'old-node-vanishes' }] }) },
  'spot-eviction-of-a-new-node': { help: 'Azure takes back a new spot node of the run; select nodes of npweb, npapi or npbatch', switches: () => ({ incidents: [{ inBatch: 1, afterMs: 2 * minuteMs, kind: 'new-spot-node-evicted' }] }) },
  'unknown-status': { help: 'nodes of runs have statuses that no document knows', wire: { nodeStatusAs: { IN_PROGRESS: 'DRAINING', REPLACED: 'REPLACED_PENDING_CLEANUP' } } },
  huge: { help: '2,000 nodes and 60,000 pods; --nodes and --pods give other sizes', size: { nodes: 2_000, pods: 60_000 } },
  'many-old-runs': { help: '500 past runs', pastRuns: 500 },
}

/** Everything that some scenario switches, switched off. */
const neutral: Partial<TwinSwitches> = { cursedNodes: [], cursedBatches: [], vngsWithoutCapacity: [], incidents: [], technicalTimeoutMs: null, isTerminationDenied: false, isUncordonDenied: false }

/** What a scenario switches in a cluster, and what others switch, off. */
export const switchesOf = (name: ScenarioName, cluster: Cluster): Partial<TwinSwitches> => ({ ...neutral, ...scenarios[name].switches?.(cluster) })
