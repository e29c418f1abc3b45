import { between, letters, pick, type Random } from '../random'
import type { Pdb, Pod, Resources, Toleration, TwinNode, Workload, WorkloadKind } from '../types'

const podAlphabet = 'bcdfghjklmnpqrstvwxz2456789'

const namesByPool: Record<string, readonly string[]> = {
  npweb: ['web-frontend', 'web-assets', 'landing', 'storefront', 'account-ui', 'help-center', 'image-proxy'],
  npapi: ['checkout-api', 'catalog-api', 'orders-api', 'pricing-api', 'identity-api', 'search-api', 'notify-api', 'shipping-api'],
  npdata: ['pg-main', 'pg-reports', 'kafka', 'redis-cache', 'clickhouse', 'search-index'],
  npbatch: ['invoice-runner', 'report-builder', 'feed-import', 'thumbnailer', 'mail-queue'],
  npgpu: ['recommender', 'vision-inference'],
}

const daemons = ['azure-cns', 'kube-proxy'] as const

type Built = { workloads: Workload[]; pdbs: Pdb[]; pods: Pod[] }
type Room = { node: TwinNode; free: Resources; pods: number }

const toleration = (node: TwinNode): Toleration[] =>
  node.taints.map(({ key, value, effect }) => ({ key, value, effect }))

const ownTier = (node: TwinNode): Record<string, string> =>
  Object.fromEntries(Object.entries(node.labels).filter(([key]) => key === 'tier' || key === 'accelerator'))

const requestsFor = (random: Random, poolName: string): Resources => ({
  milliCpu: pick(random, [100, 150, 250, 400]),
  memoryMiB: pick(random, poolName === 'npdata' ? [1024, 2048, 4096] : [128, 256, 512, 1024]),
  gpu: 0,
})

const place = (rooms: Room[], start: number, need: Resources): Room | null => {
  for (let step = 0; step < rooms.length; step += 1) {
    const room = rooms[(start + step) % rooms.length] as Room
    if (room.free.milliCpu < need.milliCpu || room.free.memoryMiB < need.memoryMiB || room.pods >= 60) continue
    room.free.milliCpu -= need.milliCpu
    room.free.memoryMiB -= need.memoryMiB
    room.pods += 1
    return room
  }
  return null
}

const kindFor = (random: Random, poolName: string): WorkloadKind => {
  if (poolName === 'npdata') return 'StatefulSet'
  if (poolName === 'npbatch' && random() < 0.25) return 'Job'
  return 'Deployment'
}

/** A budget as people write them; the first of the data pool allows nothing, as a careful database owner would have it. */
const budgetFor = (random: Random, workload: Workload, isFirst: boolean): Omit<Pdb, 'id' | 'name' | 'namespace' | 'expectedPods'> | null => {
  if (workload.name === 'pg-main' && isFirst) return { minAvailable: '100%', maxUnavailable: null }
  if (workload.kind === 'Job' || random() < 0.35) return null
  return pick(random, [
    { minAvailable: null, maxUnavailable: 1 },
    { minAvailable: null, maxUnavailable: '25%' },
    { minAvailable: '60%', maxUnavailable: null },
  ])
}

const podName = (random: Random, workload: Workload, ordinal: number, template: string) =>
  workload.kind === 'StatefulSet' ? `${workload.name}-${ordinal}` : `${workload.name}-${template}-${letters(random, 5, podAlphabet)}`

const addWorkload = (random: Random, built: Built, poolName: string, rooms: Room[], round: number, replicas: number): void => {
  const sample = (rooms[0] as Room).node
  const names = namesByPool[poolName] ?? namesByPool.npbatch ?? []
  const base = names[round % names.length] as string
  const series = Math.floor(round / names.length)
  const name = series === 0 ? base : `${base}-${series + 1}`
  const kind = kindFor(random, poolName)
  const isFirst = round === 0
  const workload: Workload = {
    id: `${poolName}/${name}`,
    name,
    namespace: poolName.slice(2),
    kind,
    replicas: 0,
    requests: requestsFor(random, poolName),
    nodeSelector: ownTier(sample),
    tolerations: toleration(sample),
    isScaleDownRestricted: random() < 0.03,
    startUpMs: between(random, 8, 45) * 1000,
    hasVolumes: kind === 'StatefulSet',
    pdbId: null,
  }
  const template = letters(random, 10, podAlphabet)
  const start = between(random, 0, rooms.length - 1)
  for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
    const room = place(rooms, start + ordinal * 3, workload.requests)
    if (room === null) break
    workload.replicas += 1
    built.pods.push({
      name: podName(random, workload, ordinal, template),
      namespace: workload.namespace,
      workloadId: workload.id,
      nodeName: room.node.name,
      phase: 'running',
      volumeZone: workload.hasVolumes ? room.node.zone : null,
      reason: null,
    })
  }
  if (workload.replicas === 0) return
  const budget = workload.replicas < 2 ? null : budgetFor(random, workload, isFirst)
  if (budget !== null) {
    workload.pdbId = workload.id
    built.pdbs.push({ ...budget, id: workload.id, name, namespace: workload.namespace, expectedPods: workload.replicas })
  }
  built.workloads.push(workload)
}

const addDaemons = (random: Random, built: Built, nodes: TwinNode[]): void => {
  for (const name of daemons) {
    const id = `kube-system/${name}`
    built.workloads.push({ id, name, namespace: 'kube-system', kind: 'DaemonSet', replicas: nodes.length, requests: { milliCpu: 60, memoryMiB: 64, gpu: 0 }, nodeSelector: {}, tolerations: [], isScaleDownRestricted: false, startUpMs: 5000, hasVolumes: false, pdbId: null })
    for (const node of nodes)
      built.pods.push({ name: `${name}-${letters(random, 5, podAlphabet)}${node.name.slice(-4)}`, namespace: 'kube-system', workloadId: id, nodeName: node.name, phase: 'running', volumeZone: null, reason: null })
  }
}

/** One pod that nobody would start again, on about every fortieth node of the batch pool's kind. */
const addStandalone = (random: Random, built: Built, rooms: Room[]): void => {
  rooms.forEach((room, index) => {
    if (index % 6 !== 2) return
    const name = `debug-shell-${letters(random, 5, podAlphabet)}`
    const workload: Workload = { id: `batch/${name}`, name, namespace: 'batch', kind: 'Standalone', replicas: 1, requests: { milliCpu: 50, memoryMiB: 64, gpu: 0 }, nodeSelector: {}, tolerations: [], isScaleDownRestricted: false, startUpMs: 5000, hasVolumes: false, pdbId: null }
    built.workloads.push(workload)
    built.pods.push({ name, namespace: 'batch', workloadId: workload.id, nodeName: room.node.name, phase: 'running', volumeZone: null, reason: null })
  })
}

/** Workloads, budgets and pods for the nodes, about `podsPerNode` on each besides the DaemonSets'. */
export const generateWorkloads = (random: Random, nodes: TwinNode[], podsPerNode: number): Built => {
  const built: Built = { workloads: [], pdbs: [], pods: [] }
  addDaemons(random, built, nodes)
  const byPool = new Map<string, Room[]>()
  for (const node of nodes) {
    if (node.mode === 'system') continue
    const tier = node.vngId === null ? node.poolName : `np${node.labels.tier ?? 'batch'}`
    const rooms = byPool.get(tier) ?? []
    rooms.push({ node, free: { ...node.allocatable, milliCpu: node.allocatable.milliCpu * 0.8 }, pods: 0 })
    byPool.set(tier, rooms)
  }
  for (const [poolName, rooms] of byPool) {
    const wanted = Math.round(rooms.length * podsPerNode * (poolName === 'npgpu' ? 0.3 : 1))
    for (let round = 0, placed = 0; placed < wanted && round < 2000; round += 1) {
      const before = built.pods.length
      const replicas = poolName === 'npdata' ? between(random, 3, 5) : between(random, 3, 14)
      addWorkload(random, built, poolName, rooms, round, Math.min(replicas, wanted - placed))
      if (built.pods.length === before) break
      placed += built.pods.length - before
    }
    if (poolName === 'npbatch') addStandalone(random, built, rooms)
  }
  return built
}
