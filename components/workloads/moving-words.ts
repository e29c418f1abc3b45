import { formatCount } from '@/lib/format/numbers'
import { counted, listed, plural } from '@/lib/format/plural'
import type { IndexedWorkload } from './workload-index'

type Moved = Pick<IndexedWorkload, 'kind' | 'replicas' | 'pods' | 'readyPods' | 'nodeNames' | 'pools' | 'pdbs' | 'isBudgetRead' | 'reasons'>

const whichMove = ({ replicas, pods, nodeNames, pools }: Moved): string => {
  const from = `from ${counted(nodeNames.length, 'node')}${pools.length === 0 ? '' : ` of ${plural(pools.length, 'pool')} ${listed(pools)}`}`
  if (replicas === null || pods >= replicas) return `${counted(pods, 'pod')} ${plural(pods, 'moves', 'move')} ${from}.`
  return `${formatCount(pods)} of ${formatCount(replicas)} pods ${plural(pods, 'moves', 'move')} ${from}; the others do not run on nodes that can be migrated.`
}

const whileMoving = ({ kind, replicas, pods, nodeNames }: Moved): string[] => {
  if (kind === 'Pod') return ['No controller owns this pod: once evicted, nobody starts it again.']
  if (replicas === 1) return ['It is down from the eviction until its one pod is ready on another node.']
  if (kind === 'Job') return ['The Job starts its pods again from the beginning.']
  if (replicas !== null && pods >= replicas && pods > 1 && nodeNames.length === 1) return ['All its pods are on one node and leave it together, as far as a budget lets them.']
  return []
}

const ready = ({ pods, readyPods }: Moved): string[] => (readyPods >= pods ? [] : [`${counted(pods - readyPods, 'pod')} of them ${plural(pods - readyPods, 'is', 'are')} not ready now.`])

const budget = ({ name, disruptionsAllowed, currentHealthy, desiredHealthy }: Moved['pdbs'][number]): string =>
  disruptionsAllowed === 0
    ? `PDB ${name} lets no pod go now: ${formatCount(currentHealthy)} healthy, ${formatCount(desiredHealthy)} needed. With “respect PDB” the nodes are skipped; without it the budget is broken.`
    : `PDB ${name} lets ${counted(disruptionsAllowed, 'pod')} go at once: ${formatCount(currentHealthy)} healthy, ${formatCount(desiredHealthy)} needed.`

const budgets = ({ pdbs, pods, isBudgetRead, reasons }: Moved): string[] => {
  if (!isBudgetRead) return ['Budgets were not read, so how many pods may go at once is not known.']
  if (reasons.some(({ id }) => id === 'two-pdbs')) return [`PDBs ${listed(pdbs.map(({ name }) => name))} cover the same pods, and Kubernetes refuses to evict a pod under more than one.`]
  if (pdbs.length === 0 && pods > 1) return ['No budget covers it: all its pods on the nodes of one batch may go at once.']
  return pdbs.map(budget)
}

const replicasKnown = ({ kind, replicas }: Moved): string[] =>
  replicas === null && (kind === 'Deployment' || kind === 'StatefulSet') ? ['How many replicas it should have was not read.'] : []

const ofDaemonSet = ({ pods, nodeNames }: Moved): string[] => [
  `${counted(pods, 'pod')} on ${counted(nodeNames.length, 'node')} ${plural(pods, 'does', 'do')} not move: a drain leaves ${plural(pods, 'it', 'them')}, and ${plural(pods, 'it ends with its node', 'they end with their nodes')}.`,
  'The DaemonSet starts a pod of its own on each new node that it may run on.',
]

const ofMoved = (workload: Moved): string[] => [whichMove(workload), ...ready(workload), ...whileMoving(workload), ...replicasKnown(workload), ...budgets(workload)]

/** What moving the workload means, in sentences. */
export const movingSentences = (workload: Moved): string[] => (workload.kind === 'DaemonSet' ? ofDaemonSet(workload) : ofMoved(workload))
