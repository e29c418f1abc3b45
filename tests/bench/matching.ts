import { explainMatch } from '@/lib/domain/matching/explain-match'
import type { NodeToMatch } from '@/lib/domain/matching/signature'
import { vng as vngSchema, vngSpec } from '@/lib/spot/schemas/vng'
import { median, ratio } from './measure'

const pools = 61

/** A node as Get Cluster Nodes shows it, with all its fields. */
const nodeItem = (index: number) => {
  const pool = index % pools
  const name = `aks-np${pool}-12345678-vmss${index.toString(36).padStart(6, '0')}`
  return {
    nodeId: `vm-${index}`,
    nodeName: name,
    nodePoolName: `np${pool}`,
    virtualNodeGroupId: null,
    virtualNodeGroupName: null,
    vmSize: pool % 2 === 0 ? 'Standard_D8s_v5' : 'Standard_E8s_v5',
    lifeCycle: 'OnDemand',
    availabilityZone: String((index % 3) + 1),
    commitmentType: 'none',
    ipAddress: `10.240.${index % 250}.${index % 240}`,
    osImage: 'AKSUbuntu-2204gen2containerd-202610.12.0',
    operatingSystem: 'linux',
    architecture: 'amd64',
    nodeStatus: 'TRUE',
    registrationStatus: 'Registered',
    createdAt: '2026-10-01T08:00:00Z',
    labels: {
      agentpool: `np${pool}`,
      'kubernetes.azure.com/agentpool': `np${pool}`,
      'kubernetes.azure.com/cluster': 'MC_rg-bench_bench_westeurope',
      'kubernetes.azure.com/mode': 'user',
      'kubernetes.azure.com/os-sku': 'Ubuntu',
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/os': 'linux',
      'kubernetes.io/hostname': name,
      'node.kubernetes.io/instance-type': 'Standard_D8s_v5',
      'topology.kubernetes.io/region': 'westeurope',
      'topology.kubernetes.io/zone': `westeurope-${(index % 3) + 1}`,
      tier: `tier-${pool}`,
      team: `team-${pool % 7}`,
    },
    taints: pool % 5 === 0 ? [`dedicated=tier-${pool}:NO_SCHEDULE`] : [],
    workloadRequestedMilliCpu: 4000,
    workloadRequestedMemoryInMiB: 9000,
    workloadRequestedGpu: 0,
    headroomRequestedMilliCpu: 0,
    headroomRequestedMemoryInMiB: 0,
    headroomRequestedGpu: 0,
    allocatableMilliCpu: 7820,
    allocatableMemoryInMiB: 28_000,
    allocatableGpu: 0,
  }
}

const vngItem = (index: number) =>
  vngSchema.parse({
    id: `vng-${index}`,
    name: `vng-${index}`,
    labels: { tier: `tier-${199 - index}`, team: `team-${(199 - index) % 7}` },
    taints: (199 - index) % 5 === 0 ? [{ key: 'dedicated', value: `tier-${199 - index}`, effect: 'NoSchedule' }] : [],
  })

const timesOf = (action: () => unknown, turns = 15): number => {
  const times: number[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    const startedAt = performance.now()
    action()
    times.push(performance.now() - startedAt)
  }
  return median(times)
}

/** All nodes against all groups, beside reading the same nodes from their text, against a tenth of the groups, and with no two nodes alike. */
export const benchMatching = () => {
  const text = JSON.stringify(Array.from({ length: 10_000 }, (_, index) => nodeItem(index)))
  const nodes = JSON.parse(text) as NodeToMatch[]
  const vngs = Array.from({ length: 200 }, (_, index) => vngItem(index))
  const template = vngSpec.parse({ availabilityZones: ['1', '2', '3'] })
  const matched = explainMatch({ nodes, vngs, template }).answers.filter(({ verdict }) => verdict.kind === 'vng').length
  if (matched !== pools * 3) throw new Error(`${matched} kinds of nodes found a group, not ${pools * 3}.`)
  const parseMs = timesOf(() => JSON.parse(text))
  const matchMs = timesOf(() => explainMatch({ nodes, vngs, template }))
  const fewGroupsMs = timesOf(() => explainMatch({ nodes, vngs: vngs.slice(180), template }))
  const strangers = nodes.map((node, index) => ({ ...node, labels: { ...node.labels, rack: `rack-${index}` } }))
  const allDistinctMs = timesOf(() => explainMatch({ nodes: strangers, vngs, template }), 3)
  return {
    nodes: nodes.length,
    vngs: vngs.length,
    parseMs,
    matchMs,
    allDistinctMs,
    matchToParse: ratio(matchMs, parseMs),
    allDistinctToParse: ratio(allDistinctMs, parseMs),
    manyGroupsToFew: ratio(matchMs, fewGroupsMs),
  }
}

export const matchingLine = ({ nodes, vngs, matchMs, matchToParse, allDistinctToParse }: ReturnType<typeof benchMatching>): string =>
  `matching: ${nodes} nodes with ${vngs} groups in ${matchMs} ms, ${matchToParse} x reading the nodes (at most 5); ${allDistinctToParse} x where no two nodes are alike`
