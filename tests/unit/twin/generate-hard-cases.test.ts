import { describe, expect, test } from 'vitest'
import { allowedDisruptions, budgetsOf } from '@/lib/twin/budget'
import { mayRunOn, spotKey } from '@/lib/twin/constraints'
import { generateCluster, type GenerateInput } from '@/lib/twin/generate/cluster'
import { groupLabels } from '@/lib/twin/groups'
import { createState } from '@/lib/twin/state'
import { createTwin } from '@/lib/twin/twin'
import type { Pod, TwinSpec, Workload } from '@/lib/twin/types'

const made = (scenario: GenerateInput['scenario'], nodes = 120, seed = 7) => generateCluster({ seed, clusterId: 'o-1a2b3c4d', name: 'prod', nodes, ...(scenario === undefined ? {} : { scenario }) })

type Seen = { spec: TwinSpec; state: ReturnType<typeof createState> }
const seen = (spec: TwinSpec): Seen => ({ spec, state: createState(spec) })

const percent = (value: number | string | null) => typeof value === 'string'
const absolute = (value: number | string | null) => typeof value === 'number'

/** Whether some group, the template included, makes nodes that a workload may run on. */
const hasGroup = ({ spec, state }: Seen, workload: Workload) =>
  [...spec.vngs, { ...spec.cluster.template, id: 'template', name: '', createdAtMs: 0, updatedAtMs: 0 }].some((vng) => mayRunOn(workload, { labels: groupLabels(state, vng), taints: vng.taints }))

const ordinary = ({ spec }: Seen) => spec.workloads.filter(({ kind, namespace }) => kind !== 'DaemonSet' && namespace !== 'kube-system')

const isHeld = (state: Seen['state'], pod: Pod) => budgetsOf(state, pod).some((budget) => allowedDisruptions(budget) === 0)

/** What a platform engineer looks for, and how it is known. */
const hardships: Record<string, (cluster: Seen) => boolean> = {
  'a pod under two budgets': ({ spec }) => spec.workloads.some(({ pdbIds }) => pdbIds.length === 2),
  'an unready pod that uses up its budget': ({ spec, state }) => spec.pods.some((pod) => pod.isBroken && pod.phase === 'starting' && isHeld(state, pod)),
  'a budget that allows nothing': ({ state }) => [...state.budgets.values()].some((budget) => allowedDisruptions(budget) === 0),
  'a stand-alone pod': ({ spec }) => spec.workloads.some(({ kind }) => kind === 'Standalone'),
  'a single replica': ({ spec }) => spec.workloads.some(({ kind, replicas }) => kind === 'Deployment' && replicas === 1),
  'an emptyDir': ({ spec }) => spec.workloads.some(({ localData }) => localData === 'emptyDir'),
  'a local volume': ({ spec }) => spec.workloads.some(({ localData }) => localData === 'localVolume'),
  'a workload without the spot toleration': (cluster) => ordinary(cluster).some(({ toleratesSpot }) => !toleratesSpot),
  'required affinity to the spot label': ({ spec }) => ['In', 'NotIn'].every((operator) => spec.workloads.some(({ requiredAffinity }) => requiredAffinity.some((term) => term.key === spotKey && term.operator === operator))),
  'the restrict-scale-down label': ({ spec }) => spec.workloads.some(({ isScaleDownRestricted }) => isScaleDownRestricted),
  'safe-to-evict: "false"': ({ spec }) => spec.workloads.some(({ annotations }) => annotations['cluster-autoscaler.kubernetes.io/safe-to-evict'] === 'false'),
  'karpenter.sh/do-not-disrupt': ({ spec }) => spec.workloads.some(({ annotations }) => annotations['karpenter.sh/do-not-disrupt'] === 'true'),
  'pending pods': ({ spec }) => spec.pods.some(({ phase, nodeName }) => phase === 'pending' && nodeName === null),
  'a DaemonSet that does not fit Ocean\'s nodes': ({ spec }) => spec.nodes.some(({ vngId }) => vngId !== null) && spec.workloads.some((workload) => workload.kind === 'DaemonSet' && spec.nodes.every((node) => node.vngId === null || !mayRunOn(workload, node))),
  'a running workload that no group takes': (cluster) => ordinary(cluster).some((workload) => !hasGroup(cluster, workload) && cluster.spec.pods.some(({ workloadId, phase }) => workloadId === workload.id && phase === 'running')),
  'a preferred affinity': ({ spec }) => spec.workloads.some(({ preferredAffinity }) => preferredAffinity.length > 0),
  'a Job': ({ spec }) => spec.workloads.some(({ kind }) => kind === 'Job'),
}

/** Nothing takes `npgpu`, in a calm cluster either: it is the pool that cannot be chosen. */
const withoutGpu = (spec: TwinSpec): TwinSpec => {
  const others = <Item extends { namespace: string }>(items: Item[]) => items.filter(({ namespace }) => namespace !== 'gpu')
  return { ...spec, workloads: others(spec.workloads), pdbs: others(spec.pdbs), pods: others(spec.pods) }
}

describe('a mixed cluster', () => {
  test.each(Object.keys(hardships))('has %s, with 60 nodes as with 1,200', (name) => {
    for (const nodes of [60, 1200]) for (const seed of [1, 7]) expect(hardships[name]?.(seen(made('mixed', nodes, seed))), `${nodes} nodes, seed ${seed}`).toBe(true)
  })

  test('has budgets of all four forms', () => {
    const { pdbs } = made('mixed')
    for (const is of [percent, absolute])
      for (const key of ['minAvailable', 'maxUnavailable'] as const) expect(pdbs.some((pdb) => is(pdb[key])), key).toBe(true)
    for (const { minAvailable, maxUnavailable } of pdbs) expect([minAvailable, maxUnavailable].filter((value) => value === null)).toHaveLength(1)
  })

  test('keeps volumes in the zone of the node that their pod is on', () => {
    const { spec, state } = seen(made('mixed'))
    const pinned = spec.pods.filter(({ volumeZone }) => volumeZone !== null)
    expect(new Set(pinned.map(({ volumeZone }) => volumeZone)).size).toBe(3)
    for (const pod of pinned) expect(state.nodes.get(pod.nodeName ?? '')?.zone).toBe(pod.volumeZone)
  })

  test('has no more hard cases when it is larger', () => {
    const count = (nodes: number) => made('mixed', nodes).workloads.filter(({ annotations, requiredAffinity, pdbIds }) => Object.keys(annotations).length > 0 || requiredAffinity.length > 0 || pdbIds.length > 1).length
    expect(count(1200)).toBe(count(60))
  })

  test('leaves its pending pods pending, and gives new nodes no pod of the DaemonSet that does not fit', () => {
    const twin = createTwin({ spec: made('mixed', 60), seed: 7 })
    twin.run(600_000)
    const reasons = new Set([...twin.state.pending].map((id) => twin.state.pods.get(id)?.reason))
    expect([...reasons].sort()).toEqual([
      expect.stringMatching(/^0\/60 nodes are available: 2 Insufficient nvidia\.com\/gpu, .*didn't match Pod's node affinity\/selector/),
      expect.stringMatching(/^0\/60 nodes are available: 2 node\(s\) had untolerated taint \{sku: gpu\}, .*didn't match Pod's node affinity\/selector/),
    ])
    twin.command({ kind: 'launch-nodes', input: { vngIds: null, count: 2, preferredLifecycle: null, vmSizes: [], zones: null } })
    twin.run(2_000_000)
    const launched = [...twin.state.nodes.values()].filter(({ createdAtMs }) => createdAtMs > 0)
    expect(launched).toHaveLength(2)
    for (const { name } of launched) {
      const owners = twin.state.loads.get(name)?.pods.map(({ workloadId }) => workloadId)
      expect(owners).toEqual(expect.arrayContaining(['kube-system/azure-cns', 'kube-system/kube-proxy']))
      expect(owners).not.toContain('platform/node-tuner')
    }
  })
})

test.each(Object.keys(hardships))('a calm cluster has not %s', (name) => {
  for (const nodes of [14, 40, 120, 1200]) for (const seed of [1, 7]) expect(hardships[name]?.(seen(withoutGpu(made('calm', nodes, seed)))), `${nodes} nodes, seed ${seed}`).toBe(false)
})

test('in a guarded cluster a budget that allows nothing holds every node', () => {
  for (const nodes of [14, 60, 1200]) {
    const { spec, state } = seen(made('guarded', nodes))
    const held = new Set<string | null>()
    for (const pod of spec.pods) if (isHeld(state, pod)) held.add(pod.nodeName)
    for (const node of spec.nodes) if (node.mode === 'user') expect(held, node.name).toContain(node.name)
  }
})
