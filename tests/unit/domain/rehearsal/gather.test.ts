import { describe, expect, test } from 'vitest'
import { nothingRead } from '@/lib/domain/kube-facts'
import { indexKube, type KubeIndex } from '@/lib/domain/readiness/kube-index'
import { rehearsalFacts } from '@/lib/domain/rehearsal/facts'
import { gatherRehearsal } from '@/lib/domain/rehearsal/gather'
import { groupSizes, sizeGapOf, sizesInUse } from '@/lib/domain/rehearsal/group-sizes'
import { cluster as clusterSchema } from '@/lib/spot/schemas/cluster'
import { node as nodeSchema } from '@/lib/spot/schemas/node'
import { vngSpec } from '@/lib/spot/schemas/vng'
import { constraints, factsOf, kubeNode, pdb, pod, vng } from '../readiness/facts'

const cluster = clusterSchema.parse({
  id: 'o-1',
  name: 'prod',
  aks: { region: 'westeurope', resourceGroupName: 'rg' },
  autoScaler: { resourceLimits: { maxVCpu: 100 } },
  virtualNodeGroupTemplate: { availabilityZones: ['1', '2'], nodeCountLimits: { maxCount: 9 }, strategy: { drainingTimeout: 600 }, nodePoolProperties: { maxPodsPerNode: 50 } },
})

const spotNode = (change: Record<string, unknown> = {}) =>
  nodeSchema.parse({
    nodeName: 'node-a',
    nodePoolName: 'npweb',
    vmSize: 'Standard_D4s_v5',
    lifeCycle: 'OnDemand',
    availabilityZone: '2',
    nodeStatus: 'TRUE',
    labels: { tier: 'web', 'kubernetes.io/hostname': 'node-a' },
    taints: ['dedicated=web:NO_SCHEDULE'],
    allocatableMilliCpu: 3860,
    allocatableMemoryInMiB: 14_000,
    workloadRequestedMilliCpu: 900,
    workloadRequestedMemoryInMiB: 2000,
    ...change,
  })

const discovered = { nodeName: 'node-a', nodePoolName: 'npweb', runningPods: 6, match: { kind: 'vng', vngId: 'vng-web' } as const }

const gather = ({ kube = null, nodes = [spotNode()] }: { kube?: KubeIndex | null; nodes?: ReturnType<typeof spotNode>[] } = {}) =>
  rehearsalFacts.parse(gatherRehearsal({ cluster, vngs: [vng()], reported: nodes, discovered: [discovered], kube }))

describe('what a rehearsal starts from', () => {
  test('a group takes what it leaves blank from the template, and the vendor’s default where both say nothing', () => {
    expect(gather().groups).toEqual([
      {
        vngId: 'vng-web',
        name: 'web',
        labels: { tier: 'web' },
        taints: [],
        availabilityZones: ['1', '2'],
        vmSizes: [],
        sizeGap: null,
        osType: 'Linux',
        architecture: null,
        osSku: null,
        maxPodsPerNode: 50,
        minCount: 0,
        maxCount: 9,
        spotPercentage: 100,
        fallbackToOd: true,
        drainingTimeoutSeconds: 600,
      },
    ])
    expect(gather().cluster).toMatchObject({ region: 'westeurope', maxVCpu: 100, maxMemoryGiB: null })
  })

  test('nodes without Kubernetes are as Spot tells them; labels that only name the node are left out', () => {
    const { nodes, carriers, kubernetes } = gather({ nodes: [spotNode(), spotNode({ nodeName: 'node-b', labels: { tier: 'web', 'kubernetes.io/hostname': 'node-b' } })] })
    expect(kubernetes).toBeNull()
    expect(carriers).toEqual([{ labels: { tier: 'web' }, taints: [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }] }])
    expect(nodes[0]).toEqual({
      nodeName: 'node-a',
      poolName: 'npweb',
      carrier: 0,
      vngId: null,
      isDiscovered: true,
      match: 'vng-web',
      vmSize: 'Standard_D4s_v5',
      zone: 'westeurope-2',
      isSpot: false,
      allocatable: { milliCpu: 3860, memoryMiB: 14_000, gpu: 0 },
      maxPods: 110,
      isReady: true,
      isCordoned: false,
      runningPods: 6,
      requested: { milliCpu: 900, memoryMiB: 2000, gpu: 0 },
    })
    expect(nodes[1]).toMatchObject({ carrier: 0, isDiscovered: false, runningPods: null })
    expect(nodes[1]).not.toHaveProperty('match')
  })

  test('where Kubernetes was read its word on a node counts, and a state is no taint', () => {
    const taints = [{ key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }]
    const kube = indexKube(factsOf({ nodes: [kubeNode({ isUnschedulable: true, isReady: false, taints, labels: { tier: 'api' }, allocatable: { milliCpu: 1, memoryMiB: 2, gpu: 3, pods: 4 } })] }))
    const { nodes, carriers } = gather({ kube })
    expect(nodes[0]).toMatchObject({ isCordoned: true, isReady: false, maxPods: 4, allocatable: { milliCpu: 1, memoryMiB: 2, gpu: 3 } })
    expect(carriers).toEqual([{ labels: { tier: 'api' }, taints: [] }])
  })

  test('pods are four numbers; those of one owner are one workload', () => {
    const shared = constraints()
    const kube = indexKube(
      factsOf({
        pdbs: [pdb()],
        claims: [
          { namespace: 'shop', name: 'disk', isBound: true, zones: ['westeurope-1', 'westeurope-2'], isLocal: false },
          { namespace: 'shop', name: 'local', isBound: true, zones: null, isLocal: true },
        ],
        pods: [
          pod({ name: 'web-1', constraints: shared }),
          pod({ name: 'web-2', constraints: shared, isReady: false }),
          pod({ name: 'db-0', owner: { kind: 'StatefulSet', name: 'db' }, labels: {}, constraints: shared, volumes: [{ kind: 'claim', claimName: 'disk' }] }),
          pod({ name: 'tied-0', owner: { kind: 'StatefulSet', name: 'tied' }, labels: { 'spotinst.io/restrict-scale-down': 'true' }, constraints: shared, volumes: [{ kind: 'claim', claimName: 'local' }] }),
          pod({ name: 'waits', nodeName: null, phase: 'Pending', isReady: false, owner: null, labels: {}, constraints: shared }),
          pod({ name: 'elsewhere', nodeName: 'node-z', constraints: shared }),
          pod({ name: 'kube-proxy-of-the-node', owner: { kind: 'Node', name: 'node-a' }, constraints: shared }),
        ],
      }),
    )
    const { kubernetes } = gather({ kube })
    expect(kubernetes?.workloads.map(({ kind, name, budgets, isScaleDownRestricted }) => [kind, name, budgets, isScaleDownRestricted])).toEqual([
      ['Deployment', 'web', [0], false],
      ['StatefulSet', 'db', [], false],
      ['StatefulSet', 'tied', [], true],
      ['Pod', 'waits', [], false],
    ])
    expect(kubernetes?.zones).toEqual(['westeurope-2'])
    expect(kubernetes?.pods).toEqual([
      [0, 0, 0, -1],
      [0, 0, 1, -1],
      [1, 0, 0, 0],
      [2, 0, 2, -1],
      [3, -1, 0, -1],
    ])
    expect(kubernetes?.budgets).toEqual([{ namespace: 'shop', name: 'web-pdb', minAvailable: 2, maxUnavailable: null, expectedPods: 3 }])
  })

  test('the label and the annotation hold a node alike, for those pods of an owner that carry one', () => {
    const shared = constraints()
    const kube = indexKube(
      factsOf({
        pods: [
          pod({ name: 'plain', constraints: shared }),
          pod({ name: 'labelled', labels: { 'spotinst.io/restrict-scale-down': 'true' }, constraints: shared }),
          pod({ name: 'annotated', annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' }, constraints: shared }),
        ],
      }),
    )
    expect(gather({ kube }).kubernetes?.workloads.map(({ isScaleDownRestricted }) => isScaleDownRestricted)).toEqual([false, true])
  })

  test('the pods of a DaemonSet are one workload although each is tied to its node by name', () => {
    const tiedTo = (nodeName: string) => constraints({ requiredAffinity: [{ expressions: [], fields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] }] })
    const own = (name: string, nodeName: string) => pod({ name, nodeName, owner: { kind: 'DaemonSet', name: 'agent' }, labels: {}, constraints: tiedTo(nodeName) })
    const kube = indexKube(factsOf({ nodes: [kubeNode(), kubeNode({ name: 'node-b' })], pods: [own('agent-1', 'node-a'), own('agent-2', 'node-b')] }))
    const { kubernetes } = gather({ kube, nodes: [spotNode(), spotNode({ nodeName: 'node-b' })] })
    expect(kubernetes?.workloads).toHaveLength(1)
    expect(kubernetes?.workloads[0]?.requiredAffinity).toEqual([{ expressions: [], fields: [] }])
    expect(kubernetes?.pods).toHaveLength(2)
  })

  test('pods that were not read are not taken for none', () => {
    expect(gather({ kube: indexKube(nothingRead) }).kubernetes).toBeNull()
  })
})

describe('the sizes of a group’s new nodes', () => {
  const sizesOf = (vmSizes: Record<string, unknown>, sizes: string[] = ['Standard_D4s_v5', 'Standard_D4s_v5', 'Standard_E8s_v5']) =>
    groupSizes(vngSpec.parse({ vmSizes }).vmSizes, undefined, sizesInUse(sizes.map((vmSize) => ({ vmSize }))))

  test('without filters are the preferred ones, or left open', () => {
    expect(sizesOf({ preferredVmSizes: ['Standard_D8s_v5'] })).toEqual(['Standard_D8s_v5'])
    expect(sizesOf({})).toEqual([])
  })

  test('are only those that the filters allow, of which the cluster’s own come first', () => {
    expect(sizesOf({ filters: { series: ['D v5'], maxVCpu: 8 } })).toEqual(['standard_d4s_v5', 'standard_d2s_v5', 'standard_d8s_v5'])
    expect(sizesOf({ filters: { series: ['D v5', 'E v5'], minVCpu: 4, maxVCpu: 8 } }).slice(0, 2)).toEqual(['standard_d4s_v5', 'standard_e8s_v5'])
  })

  test('leave out a preferred one that the filters do not allow', () => {
    expect(sizesOf({ preferredVmSizes: ['Standard_D16s_v5', 'Standard_D8s_v5'], filters: { series: ['D v5'], maxVCpu: 8 } })).toEqual(['Standard_D8s_v5', 'standard_d4s_v5', 'standard_d2s_v5'])
  })

  test('where none is left it is said whether any could pass', () => {
    const gapOf = (vmSizes: Record<string, unknown>) => sizeGapOf(vngSpec.parse({ vmSizes }).vmSizes, undefined)
    expect(gapOf({ filters: { series: ['D v5'], minVCpu: 500 } })).toBe('none-passes')
    expect(gapOf({ filters: { series: ['Zz v9'] } })).toBe('none-known')
    expect(gapOf({ filters: { series: ['D v5'] } })).toBeNull()
    expect(gapOf({ preferredVmSizes: ['Standard_Zz9'] })).toBeNull()
  })
})
