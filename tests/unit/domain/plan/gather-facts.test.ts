import { describe, expect, test } from 'vitest'
import type { KubeFacts } from '@/lib/domain/kube-facts'
import { autoscalersIn, gatherNodes, type ReportedForPlan } from '@/lib/domain/plan/gather-facts'
import { assessCluster } from '@/lib/domain/readiness/assess-cluster'
import { indexKube, type KubeIndex } from '@/lib/domain/readiness/kube-index'
import { clusterOf, constraints, factsOf, pdb, pod } from '../readiness/facts'

const match = { kind: 'vng', vngId: 'vng-web', vngName: 'web' } as const
const listed: ReportedForPlan = { nodeName: 'node-a', availabilityZone: 'westeurope-1', allocatableMilliCpu: 3860, allocatableMemoryInMiB: 14_000, workloadRequestedMilliCpu: 900, workloadRequestedMemoryInMiB: 2_000 }

const gather = (kube: KubeIndex | null, reported: readonly ReportedForPlan[] = [listed]) =>
  gatherNodes({
    nodes: [{ nodeName: 'node-a', match }],
    reported: new Map(reported.map((node) => [node.nodeName, node])),
    assessed: assessCluster(clusterOf({ kube })).nodes,
    kube,
    landingOf: ({ kind }) => (kind === 'vng' ? 0 : null),
  })

describe('what a plan knows of a node', () => {
  test('pods that move, with what each option meets', () => {
    const kube = indexKube(
      factsOf({
        pdbs: [pdb({ disruptionsAllowed: 0, currentHealthy: 2 })],
        pods: [
          pod({ name: 'web-1', constraints: constraints({ requests: { milliCpu: 500, memoryMiB: 1024, gpu: 0 } }) }),
          pod({ name: 'web-2' }),
          pod({ name: 'once', owner: null, labels: {} }),
          pod({ name: 'keep', owner: { kind: 'StatefulSet', name: 'keep' }, labels: { 'spotinst.io/restrict-scale-down': 'true' } }),
          pod({ name: 'agent', owner: { kind: 'DaemonSet', name: 'agent' }, labels: {} }),
          pod({ name: 'elsewhere', nodeName: 'node-b' }),
        ],
      }),
    )
    const { nodes, budgets, workloads } = gather(kube)
    expect(budgets).toEqual([{ name: 'shop/web-pdb', disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2 }])
    expect(workloads).toEqual(['Deployment shop/web', 'Pod shop/once', 'StatefulSet shop/keep'])
    expect(nodes).toEqual([
      {
        nodeName: 'node-a',
        landing: 0,
        zone: 'westeurope-1',
        allocatable: { milliCpu: 3860, memoryMiB: 14_000 },
        requested: { milliCpu: 1250, memoryMiB: 2560 },
        pods: { moved: 4, standalone: ['shop/once'], restricted: ['shop/keep'], restrictedWorkloads: [2], inTwoBudgets: [], budgets: [{ budget: 0, pods: 2, refused: 2, workloads: [0] }], workloads: [0, 1, 2] },
      },
    ])
  })

  test('a pod under two budgets is named, and none of the two is blamed for refusing it', () => {
    const kube = indexKube(factsOf({ pods: [pod()], pdbs: [pdb({ disruptionsAllowed: 0 }), pdb({ name: 'second' })] }))
    expect(gather(kube).nodes[0]?.pods).toMatchObject({ inTwoBudgets: ['shop/web-1'], budgets: [{ pods: 1, refused: 0 }, { pods: 1, refused: 0 }] })
  })

  test('without Kubernetes the requests are Spot’s, and pods are not known', () => {
    expect(gather(null).nodes[0]).toMatchObject({ requested: { milliCpu: 900, memoryMiB: 2_000 }, pods: null })
  })

  test('pods that could not be read are not taken for none', () => {
    const failed: KubeFacts = { ...factsOf(), pods: { state: 'failed', sentence: 'Forbidden.', remedy: 'Allow it.' } }
    expect(gather(indexKube(failed)).nodes[0]).toMatchObject({ requested: { milliCpu: 900 }, pods: null })
  })

  test('a node that Spot’s list does not hold has no size and no zone', () => {
    expect(gather(null, []).nodes[0]).toMatchObject({ zone: null, allocatable: null, requested: null })
  })
})

test('a cluster-autoscaler of one’s own is found by its name, unless it is scaled to nothing', () => {
  const workload = (name: string, replicas: number) => ({ kind: 'Deployment' as const, namespace: 'kube-system', name, replicas, readyReplicas: replicas, template: { labels: {}, annotations: {}, constraints: constraints() } })
  const kube = indexKube(factsOf({ workloads: [workload('cluster-autoscaler', 1), workload('old-cluster-autoscaler', 0), workload('dns-autoscaler', 1)] }))
  expect(autoscalersIn(kube)).toEqual(['kube-system/cluster-autoscaler'])
  expect(autoscalersIn(indexKube({ ...factsOf(), workloads: { state: 'not-read' } }))).toBeNull()
})
