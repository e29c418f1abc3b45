import { between, letters, pick, type Random } from '../random'
import type { Pod, Resources, TwinNode, Workload, WorkloadKind } from '../types'
import { budgetFor, type Temper } from './budgets'
import { addHardCases } from './hard-cases'
import { blank, podAlphabet, podOf, type Built } from './parts'
import { roomOf, takeRoom, type Room } from './rooms'

const namesByPool: Record<string, readonly string[]> = {
  npweb: ['web-frontend', 'web-assets', 'landing', 'storefront', 'account-ui', 'help-center', 'image-proxy'],
  npapi: ['checkout-api', 'catalog-api', 'orders-api', 'pricing-api', 'identity-api', 'search-api', 'notify-api', 'shipping-api'],
  npdata: ['pg-main', 'pg-reports', 'kafka', 'redis-cache', 'clickhouse', 'search-index'],
  npbatch: ['invoice-runner', 'report-builder', 'feed-import', 'thumbnailer', 'mail-queue'],
  npgpu: ['recommender', 'vision-inference'],
}

const daemons = ['azure-cns', 'kube-proxy'] as const

const usualPodsPerNode = 12

/** `thrift` is what part of the usual requests a pod has: where more pods are asked for than usual, they are smaller. */
type Chance = { random: Random; temper: Temper; thrift: number }

const requestsFor = ({ random, thrift }: Chance, poolName: string, name: string): Resources => ({
  milliCpu: Math.ceil(pick(random, [100, 150, 250, 400]) * thrift),
  memoryMiB: Math.ceil(pick(random, poolName === 'npdata' ? [1024, 2048, 4096] : [128, 256, 512, 1024]) * thrift),
  gpu: name.startsWith('recommender') ? 1 : 0,
})

const kindFor = ({ random, temper }: Chance, poolName: string): WorkloadKind => {
  if (poolName === 'npdata') return 'StatefulSet'
  const isJob = poolName === 'npbatch' && random() < 0.25
  return isJob && temper === 'mixed' ? 'Job' : 'Deployment'
}

const nameFor = (poolName: string, round: number): string => {
  const names = namesByPool[poolName] ?? namesByPool.npbatch ?? []
  const series = Math.floor(round / names.length)
  return `${names[round % names.length]}${series === 0 ? '' : `-${series + 1}`}`
}

/** What the pool's own labels and taints are: those of the sample that are not the system's. */
const draft = (chance: Chance, poolName: string, sample: TwinNode, round: number): Workload => {
  const { random, temper } = chance
  const kind = kindFor(chance, poolName)
  const name = nameFor(poolName, round)
  return {
    ...blank(poolName.slice(2), name, kind),
    replicas: 0,
    requests: requestsFor(chance, poolName, name),
    nodeSelector: Object.fromEntries(Object.entries(sample.labels).filter(([key]) => key === 'tier' || key === 'gpu')),
    tolerations: sample.taints.map(({ key, value, effect }) => ({ key, value, effect })),
    toleratesSpot: (kind !== 'StatefulSet' && random() < 0.9) || temper !== 'mixed',
    isScaleDownRestricted: temper === 'mixed' && random() < 0.03,
    startUpMs: between(random, 8, 45) * 1000,
    terminationMs: between(random, 2, 30) * 1000,
    hasVolumes: kind === 'StatefulSet',
  }
}

/** Easy clusters have no workload so small that a single eviction is felt. */
const fewestReplicas: Record<Temper, number> = { calm: 3, mixed: 1, guarded: 3 }

/** Names pods of one beginning, each with an ending of its own: drawn again in the rare case that another has it. */
const createNamer = (random: Random, beginning: string) => {
  const taken = new Set<string>()
  return (): string => {
    for (;;) {
      const name = `${beginning}${letters(random, 5, podAlphabet)}`
      if (taken.has(name)) continue
      taken.add(name)
      return name
    }
  }
}

type Share = { poolName: string; rooms: Room[]; round: number; replicas: number; step: number }

const addWorkload = (chance: Chance, built: Built, { poolName, rooms, round, replicas, step }: Share): void => {
  const { random } = chance
  const workload = draft(chance, poolName, (rooms[0] as Room).node, round)
  const nextName = createNamer(random, `${workload.name}-${letters(random, 10, podAlphabet)}-`)
  const start = between(random, 0, rooms.length - 1)
  const pods: Pod[] = []
  for (; workload.replicas < replicas; workload.replicas += 1) {
    const room = takeRoom(rooms, start + workload.replicas * step, workload)
    if (room === null) break
    const name = workload.kind === 'StatefulSet' ? `${workload.name}-${workload.replicas}` : nextName()
    pods.push(podOf(random, workload, name, room.node))
  }
  if (workload.replicas < fewestReplicas[chance.temper]) return
  built.pods.push(...pods)
  const pdb = budgetFor(random, workload, chance.temper)
  if (pdb !== null) built.pdbs.push(pdb)
  built.workloads.push({ ...workload, pdbIds: pdb === null ? [] : [pdb.id] })
}

const addDaemons = ({ random }: Chance, built: Built, nodes: TwinNode[]): void => {
  for (const name of daemons) {
    const workload: Workload = { ...blank('kube-system', name, 'DaemonSet'), replicas: nodes.length, requests: { milliCpu: 60, memoryMiB: 64, gpu: 0 } }
    built.workloads.push(workload)
    nodes.forEach((node) => built.pods.push(podOf(random, workload, `${name}-${letters(random, 5, podAlphabet)}${node.name.slice(-4)}`, node)))
  }
}

/** A pod that nobody would start again, on every sixth node of the batch pool. */
const addStandalone = ({ random }: Chance, built: Built, rooms: Room[]): void => {
  const nextName = createNamer(random, 'debug-shell-')
  rooms.forEach(({ node }, index) => {
    if (index % 6 !== 2) return
    const name = nextName()
    const workload = blank('batch', name, 'Standalone')
    built.workloads.push(workload)
    built.pods.push(podOf(random, workload, name, node))
  })
}

const roomsByPool = (nodes: TwinNode[]): Map<string, Room[]> => {
  const byPool = new Map<string, Room[]>()
  for (const node of nodes) {
    if (node.mode === 'system') continue
    const poolName = node.vngId === null ? node.poolName : `np${node.labels.tier ?? 'batch'}`
    const rooms = byPool.get(poolName) ?? []
    byPool.set(poolName, rooms)
    rooms.push(roomOf(node))
  }
  return byPool
}

/** The workloads of one pool, about `wanted` pods; in a guarded cluster the first has a pod on each of its nodes. */
const fillPool = (chance: Chance, built: Built, poolName: string, rooms: Room[], wanted: number): void => {
  const isGuarded = chance.temper === 'guarded'
  if (isGuarded) addWorkload(chance, built, { poolName, rooms, round: 0, replicas: Math.max(fewestReplicas.guarded, rooms.length), step: 1 })
  const first = built.pods.length
  for (let round = isGuarded ? 1 : 0, misses = 0; built.pods.length - first < wanted && misses < 3; round += 1) {
    const before = built.pods.length
    const replicas = poolName === 'npdata' ? between(chance.random, 3, 5) : between(chance.random, 3, 14)
    const left = Math.max(fewestReplicas[chance.temper], wanted - (before - first))
    addWorkload(chance, built, { poolName, rooms, round, replicas: Math.min(replicas, left), step: 3 })
    misses = built.pods.length === before ? misses + 1 : 0
  }
}

/** Pods of a node of the pool, as a part of those of other pools. */
const densityOf = (poolName: string) => (poolName === 'npgpu' ? 0.3 : 1)

/** Workloads, budgets and pods for the nodes: about `pods` besides the DaemonSets', or about twelve a node. */
export const generateWorkloads = (random: Random, temper: Temper, nodes: TwinNode[], pods: number | undefined): Built => {
  const built: Built = { workloads: [], pdbs: [], pods: [] }
  const pools = roomsByPool(nodes)
  const weight = [...pools].reduce((sum, [poolName, rooms]) => sum + rooms.length * densityOf(poolName), 0)
  const perNode = pods === undefined ? usualPodsPerNode : pods / Math.max(1, weight)
  const chance: Chance = { random, temper, thrift: Math.min(1, usualPodsPerNode / Math.max(1, perNode)) }
  addDaemons(chance, built, nodes)
  for (const [poolName, rooms] of pools) {
    fillPool(chance, built, poolName, rooms, Math.round(rooms.length * perNode * densityOf(poolName)))
    if (temper === 'mixed' && poolName === 'npbatch') addStandalone(chance, built, rooms)
  }
  if (temper === 'mixed') addHardCases(random, built, nodes, pools)
  return built
}
