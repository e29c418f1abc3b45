import { mayRunOn, spotKey } from '../constraints'
import { letters, type Random } from '../random'
import type { TwinNode, Workload, WorkloadKind } from '../types'
import { budgetOver, type Rule } from './budgets'
import { blank, podAlphabet, podOf, type Built } from './parts'
import { takeRoom, type Room } from './rooms'

/** One thing that a platform engineer would want to know before a migration. */
type HardCase = {
  pool: string
  name: string
  kind: WorkloadKind
  replicas: number
  /** What makes it hard, over the selector and the tolerations of its pool. */
  change: Partial<Workload>
  budgets?: Readonly<Record<string, Rule>>
  /** How many of its pods never become ready. */
  broken?: number
  /** No node takes its pods: they wait from the start. */
  isPending?: true
}

const minAvailable = (value: number | string): Rule => ({ minAvailable: value, maxUnavailable: null })
const maxUnavailable = (value: number | string): Rule => ({ minAvailable: null, maxUnavailable: value })

const hugeRequest = { milliCpu: 4000, memoryMiB: 16_384, gpu: 8 }

/**
 * All of them are few, in every size of cluster. `npweb` is left without, so that there is one pool that simply
 * moves; what would leave pods without a node stands behind a budget, so that only a run without respect for
 * budgets meets it.
 */
const hardCases: readonly HardCase[] = [
  { pool: 'npapi', name: 'payments-gateway', kind: 'Deployment', replicas: 4, change: {}, budgets: { 'payments-gateway-pdb': maxUnavailable(1), 'api-tier-pdb': minAvailable('50%') } },
  { pool: 'npapi', name: 'feature-flags', kind: 'Deployment', replicas: 3, change: {}, budgets: { 'feature-flags-pdb': minAvailable(2) }, broken: 1 },
  { pool: 'npapi', name: 'rate-limiter', kind: 'Deployment', replicas: 1, change: { localData: 'emptyDir' } },
  { pool: 'npapi', name: 'session-store', kind: 'StatefulSet', replicas: 3, change: { hasVolumes: true, toleratesSpot: false }, budgets: { 'session-store-pdb': maxUnavailable('50%') } },
  {
    pool: 'npapi',
    name: 'fraud-scoring',
    kind: 'Deployment',
    replicas: 2,
    change: { toleratesSpot: false, requiredAffinity: [{ key: spotKey, operator: 'NotIn', values: ['spot'] }], annotations: { 'karpenter.sh/do-not-disrupt': 'true' } },
  },
  { pool: 'npapi', name: 'catalog-warmer', kind: 'Deployment', replicas: 2, change: { nodeSelector: {}, preferredAffinity: [{ key: 'tier', operator: 'In', values: ['web'] }] } },
  { pool: 'npdata', name: 'pg-archive', kind: 'StatefulSet', replicas: 2, change: { hasVolumes: true, localData: 'localVolume', toleratesSpot: false } },
  { pool: 'npbatch', name: 'license-server', kind: 'Deployment', replicas: 1, change: { nodeSelector: { agentpool: 'npbatch' } }, budgets: { 'license-server-pdb': minAvailable(1) } },
  { pool: 'npbatch', name: 'ledger-close', kind: 'Job', replicas: 2, change: { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } } },
  { pool: 'npbatch', name: 'mail-relay', kind: 'Deployment', replicas: 2, change: { isScaleDownRestricted: true, localData: 'emptyDir' } },
  { pool: 'npweb', name: 'spot-renderer', kind: 'Deployment', replicas: 2, change: { requiredAffinity: [{ key: spotKey, operator: 'In', values: ['spot'] }] } },
  { pool: 'npapi', name: 'edge-router', kind: 'Deployment', replicas: 2, change: { nodeSelector: { tier: 'edge' } }, isPending: true },
  { pool: 'npgpu', name: 'vision-training', kind: 'Job', replicas: 1, change: { requests: hugeRequest }, isPending: true },
]

const selectorOf = ({ labels }: TwinNode) => Object.fromEntries(Object.entries(labels).filter(([key]) => key === 'tier' || key === 'gpu'))

const nameOf = (random: Random, { name, kind }: Workload, template: string, ordinal: number) =>
  kind === 'StatefulSet' ? `${name}-${ordinal}` : `${name}-${template}-${letters(random, 5, podAlphabet)}`

const addHardCase = (random: Random, built: Built, rooms: Room[], hardCase: HardCase): void => {
  const sample = (rooms[0] as Room).node
  const workload: Workload = {
    ...blank(hardCase.pool.slice(2), hardCase.name, hardCase.kind),
    replicas: 0,
    nodeSelector: selectorOf(sample),
    tolerations: sample.taints.map(({ key, value, effect }) => ({ key, value, effect })),
    ...hardCase.change,
  }
  const suitable = hardCase.isPending ? [] : rooms.filter(({ node }) => mayRunOn(workload, node))
  const template = letters(random, 10, podAlphabet)
  for (let ordinal = 0; ordinal < hardCase.replicas; ordinal += 1) {
    const node = takeRoom(suitable, ordinal * 2 + 1, workload)?.node ?? null
    if (node === null && !hardCase.isPending) break
    const pod = podOf(random, workload, nameOf(random, workload, template, ordinal), node)
    const isBroken = ordinal < (hardCase.broken ?? 0)
    built.pods.push(isBroken ? { ...pod, isBroken, phase: 'starting' } : pod)
    workload.replicas += 1
  }
  if (workload.replicas === 0) return
  const pdbs = Object.entries(hardCase.budgets ?? {}).map(([name, rule]) => budgetOver(workload, name, rule))
  built.pdbs.push(...pdbs)
  built.workloads.push({ ...workload, pdbIds: pdbs.map(({ id }) => id) })
}

/** A DaemonSet for the pools that were there when it was written: Ocean's nodes get none of its pods. */
const addOldDaemon = (random: Random, built: Built, nodes: TwinNode[]): void => {
  const requiredAffinity: Workload['requiredAffinity'] = [{ key: 'agentpool', operator: 'In', values: ['npweb', 'npapi', 'npbatch'] }]
  const workload: Workload = { ...blank('platform', 'node-tuner', 'DaemonSet'), replicas: 0, requiredAffinity }
  for (const node of nodes) {
    if (!mayRunOn(workload, node)) continue
    built.pods.push(podOf(random, workload, `node-tuner-${letters(random, 5, podAlphabet)}${node.name.slice(-4)}`, node))
    workload.replicas += 1
  }
  if (workload.replicas > 0) built.workloads.push(workload)
}

/** Adds what makes migrations hard to what runs on the nodes, as far as there is room. */
export const addHardCases = (random: Random, built: Built, nodes: TwinNode[], pools: ReadonlyMap<string, Room[]>): void => {
  for (const hardCase of hardCases) {
    const rooms = pools.get(hardCase.pool)
    if (rooms !== undefined) addHardCase(random, built, rooms, hardCase)
  }
  addOldDaemon(random, built, nodes)
}
