import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { discoveredNode } from '@/lib/spot/schemas/discovery'
import { startSimulator, type TestSimulator } from '@/tests/support/simulator'
import { demoCluster, readItems } from './support/call'
import { namesOf, readAll, type KubeObject } from './support/kube'
import { clusterNodes, namesIn, startRun, toEnd } from './support/runs'

const minuteMs = 60_000
const minutesOfDraining = 4

let simulator: TestSimulator
const paths = {
  nodes: '/api/v1/nodes',
  pods: '/api/v1/pods',
  claims: '/api/v1/persistentvolumeclaims',
  volumes: '/api/v1/persistentvolumes',
  namespaces: '/api/v1/namespaces',
  deployments: '/apis/apps/v1/deployments',
  replicaSets: '/apis/apps/v1/replicasets',
  statefulSets: '/apis/apps/v1/statefulsets',
  daemonSets: '/apis/apps/v1/daemonsets',
  jobs: '/apis/batch/v1/jobs',
  budgets: '/apis/policy/v1/poddisruptionbudgets',
  leases: '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases',
}
const read = async (kind: keyof typeof paths): Promise<KubeObject[]> => (await readAll(simulator.kubeUrl, paths[kind])).items

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'mixed', nodes: 60, speed: 1, kubePort: 0 })
  // The scheduler has looked at what waits.
  await simulator.admin.time({ skipMs: minuteMs })
})
afterAll(() => simulator.close())

const container = z.object({ name: z.string(), resources: z.object({ requests: z.record(z.string(), z.string()) }) })
const volumes = z.array(z.object({ name: z.string(), emptyDir: z.object({}).optional(), persistentVolumeClaim: z.object({ claimName: z.string() }).optional() })).default([])
const conditions = z.array(z.object({ type: z.string(), status: z.string(), reason: z.string().optional(), message: z.string().optional() }))
const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`
const conditionOf = ({ status }: KubeObject, type: string) => conditions.parse(status.conditions).find((found) => found.type === type)
const isReady = (object: KubeObject) => conditionOf(object, 'Ready')?.status === 'True'
const milli = (text = '0') => (text.endsWith('m') ? Number(text.slice(0, -1)) : Number(text) * 1000)
const mebi = (text = '0') => (text.endsWith('Gi') ? Number(text.slice(0, -2)) * 1024 : Number(text.replace('Mi', '')))
const requestsOf = ({ spec }: KubeObject) => z.array(container).parse(spec.containers)[0]?.resources.requests ?? {}
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const named = (pods: KubeObject[], app: string) => pods.filter(({ metadata }) => metadata.labels.app === app)

describe('nodes', () => {
  it('are those of the Spot API, with the same labels, taints, room and age', async () => {
    const [nodes, ofSpot] = [await read('nodes'), await clusterNodes(simulator)]
    const byName = new Map(nodes.map((node) => [node.metadata.name, node]))
    expect([...byName.keys()].sort()).toEqual(ofSpot.map(({ nodeName }) => nodeName).sort())
    for (const spot of ofSpot) {
      const node = byName.get(spot.nodeName) as KubeObject
      const { allocatable, nodeInfo, addresses } = z.object({ allocatable: z.record(z.string(), z.string()), nodeInfo: z.object({ kubeletVersion: z.string() }), addresses: z.array(z.object({ type: z.string(), address: z.string() })) }).parse(node.status)
      expect(node.metadata.labels).toEqual(spot.labels)
      expect((node.spec.taints as { key: string; value?: string; effect: string }[] | undefined ?? []).map(({ key, value, effect }) => `${key}=${value}:${effect.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`)).toEqual(spot.taints)
      expect([milli(allocatable.cpu), mebi(allocatable.memory), Number(allocatable['nvidia.com/gpu'] ?? 0)]).toEqual([spot.allocatableMilliCpu, spot.allocatableMemoryInMiB, spot.allocatableGpu])
      expect(nodeInfo.kubeletVersion).toBe('v1.33.2')
      expect(addresses).toContainEqual({ type: 'InternalIP', address: spot.ipAddress })
      expect(Date.parse(node.metadata.creationTimestamp)).toBe(Math.floor(Date.parse(spot.createdAt ?? '') / 1000) * 1000)
      expect(isReady(node)).toBe(true)
      expect(node.spec.providerID).toMatch(/^azure:\/\/\/subscriptions\/[^/]+\/resourceGroups\/mc_[^/]+\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/aks-[a-z0-9]+-\d+-vmss\/virtualMachines\/\d+$/)
    }
    expect(namesOf({ items: await read('leases') }).sort()).toEqual([...byName.keys()].sort())
  })

  it('carry the pods of the discovery, whose requests add up to the Spot API’s', async () => {
    const [pods, ofSpot, discovered] = [await read('pods'), await clusterNodes(simulator), await readItems(discoveredNode, simulator.baseUrl, `${demoCluster}/migration/discovery?shouldFetchPods=true`)]
    const on = (nodeName: string) => pods.filter(({ spec }) => spec.nodeName === nodeName)
    for (const { nodeName, podNames } of discovered) expect(namesOf({ items: on(nodeName) }).sort()).toEqual([...(podNames ?? [])].sort())
    for (const { nodeName, workloadRequestedMilliCpu, workloadRequestedMemoryInMiB } of ofSpot) {
      expect(sum(on(nodeName).map((pod) => milli(requestsOf(pod).cpu)))).toBe(workloadRequestedMilliCpu)
      expect(sum(on(nodeName).map((pod) => mebi(requestsOf(pod).memory)))).toBe(workloadRequestedMemoryInMiB)
    }
  })
})

describe('pods', () => {
  it('name a controller that is there, all but those that stand alone', async () => {
    const owners = (await Promise.all((['replicaSets', 'statefulSets', 'daemonSets', 'jobs'] as const).map(read))).flat()
    const uids = new Set(owners.map(({ metadata }) => metadata.uid))
    const deployments = new Set((await read('deployments')).map(({ metadata }) => metadata.uid))
    const pods = await read('pods')
    const alone = pods.filter(({ metadata }) => metadata.ownerReferences.length === 0)
    expect(alone.length).toBeGreaterThan(0)
    for (const { metadata } of alone) expect(metadata.name).toMatch(/^debug-shell-/)
    for (const { metadata } of pods) for (const { uid, name } of metadata.ownerReferences) expect(uids, `${metadata.name} of ${name}`).toContain(uid)
    for (const { metadata } of await read('replicaSets')) expect(deployments).toContain(metadata.ownerReferences[0]?.uid)
    expect(new Set(pods.map(({ metadata }) => metadata.ownerReferences[0]?.kind))).toEqual(new Set([undefined, 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job']))
  })

  it('are selected by their controllers, which count them', async () => {
    const pods = await read('pods')
    for (const kind of ['deployments', 'replicaSets', 'statefulSets', 'daemonSets'] as const)
      for (const workload of await read(kind)) {
        const { matchLabels } = z.object({ matchLabels: z.record(z.string(), z.string()) }).parse(workload.spec.selector)
        const selected = pods.filter(({ metadata }) => metadata.namespace === workload.metadata.namespace && Object.entries(matchLabels).every(([key, value]) => metadata.labels[key] === value))
        expect(selected.length, keyOf(workload)).toBe(workload.spec.replicas ?? workload.status.desiredNumberScheduled)
        expect(selected.filter(isReady).length, keyOf(workload)).toBe(workload.status.readyReplicas ?? workload.status.numberReady)
      }
  })

  it('show what makes them hard to move', async () => {
    const pods = await read('pods')
    const [scoring] = named(pods, 'fraud-scoring')
    expect(scoring?.metadata.annotations).toEqual({ 'karpenter.sh/do-not-disrupt': 'true' })
    expect(scoring?.spec.affinity).toEqual({
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.azure.com/scalesetpriority', operator: 'NotIn', values: ['spot'] }] }] } },
    })
    const spot = { key: 'kubernetes.azure.com/scalesetpriority', operator: 'Equal', value: 'spot', effect: 'NoSchedule' }
    expect(scoring?.spec.tolerations).not.toContainEqual(spot)
    const [relay] = named(pods, 'mail-relay')
    expect(relay?.spec.tolerations).toContainEqual(spot)
    expect(relay?.metadata.labels['spotinst.io/restrict-scale-down']).toBe('true')
    expect(volumes.parse(relay?.spec.volumes)).toEqual([{ name: 'scratch', emptyDir: {} }])
    expect(named(pods, 'catalog-warmer')[0]?.spec.affinity).toMatchObject({ nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, preference: { matchExpressions: [{ key: 'tier', values: ['web'] }] } }] } })
    expect(named(pods, 'edge-router')[0]?.spec.nodeSelector).toEqual({ tier: 'edge' })
    expect(named(pods, 'kube-proxy')[0]?.spec.tolerations).toEqual([{ operator: 'Exists' }])
  })

  it('that wait say why, and those that never become ready are not', async () => {
    const pods = await read('pods')
    const [waiting] = named(pods, 'edge-router')
    expect(waiting).toMatchObject({ status: { phase: 'Pending' } })
    expect(waiting?.spec.nodeName).toBeUndefined()
    expect(conditionOf(waiting as KubeObject, 'PodScheduled')).toMatchObject({ status: 'False', reason: 'Unschedulable', message: expect.stringMatching(/^0\/\d+ nodes are available: .*\d+ node\(s\) didn't match Pod's node affinity\/selector/) })
    const flags = named(pods, 'feature-flags')
    expect(flags.filter(isReady)).toHaveLength(2)
    expect(flags.filter((pod) => !isReady(pod))[0]).toMatchObject({ status: { phase: 'Running' } })
  })
})

describe('budgets', () => {
  const selector = z.object({ matchLabels: z.record(z.string(), z.string()) })
  const scaled = (value: unknown, expected: number) => (typeof value === 'string' ? Math.ceil((Number.parseInt(value, 10) * expected) / 100) : Number(value))

  it('select pods that are there and carry the numbers that Kubernetes would count', async () => {
    const [budgets, pods] = [await read('budgets'), await read('pods')]
    expect(budgets.length).toBeGreaterThan(10)
    for (const budget of budgets) {
      const { matchLabels } = selector.parse(budget.spec.selector)
      const selected = pods.filter(({ metadata }) => metadata.namespace === budget.metadata.namespace && Object.entries(matchLabels).every(([key, value]) => metadata.labels[key] === value))
      const { minAvailable, maxUnavailable } = budget.spec
      const desired = minAvailable === undefined ? selected.length - scaled(maxUnavailable, selected.length) : scaled(minAvailable, selected.length)
      const healthy = selected.filter(isReady).length
      expect(selected.length, keyOf(budget)).toBeGreaterThan(0)
      expect(budget.status, keyOf(budget)).toMatchObject({ expectedPods: selected.length, currentHealthy: healthy, desiredHealthy: desired, disruptionsAllowed: Math.max(0, healthy - desired) })
    }
    const over = (app: string) => namesOf({ items: budgets.filter(({ spec }) => selector.parse(spec.selector).matchLabels.app === app) })
    expect(over('payments-gateway')).toEqual(['api-tier-pdb', 'payments-gateway-pdb'])
    expect(budgets.find(({ metadata }) => metadata.name === 'feature-flags-pdb')?.status).toMatchObject({ expectedPods: 3, currentHealthy: 2, desiredHealthy: 2, disruptionsAllowed: 0 })
  })
})

describe('volumes', () => {
  const affinity = z.object({ required: z.object({ nodeSelectorTerms: z.array(z.object({ matchExpressions: z.array(z.object({ key: z.string(), values: z.array(z.string()) })) })) }) })

  it('belong to claims of pods and lie where those run', async () => {
    const [pods, claims, persistent, nodes] = [await read('pods'), await read('claims'), await read('volumes'), await read('nodes')]
    const labelsOf = new Map(nodes.map(({ metadata }) => [metadata.name, metadata.labels]))
    let seen = 0
    for (const pod of pods)
      for (const { persistentVolumeClaim } of volumes.parse(pod.spec.volumes)) {
        if (persistentVolumeClaim === undefined) continue
        const claim = claims.find((found) => keyOf(found) === `${pod.metadata.namespace}/${persistentVolumeClaim.claimName}`)
        const volume = persistent.find(({ metadata }) => metadata.name === claim?.spec.volumeName) as KubeObject
        expect(volume.spec.claimRef).toMatchObject({ uid: claim?.metadata.uid, name: claim?.metadata.name })
        expect(volume.spec.storageClassName).toBe(claim?.spec.storageClassName)
        const [expression] = affinity.parse(volume.spec.nodeAffinity).required.nodeSelectorTerms[0]?.matchExpressions ?? []
        expect(expression?.values).toEqual([labelsOf.get(String(pod.spec.nodeName))?.[expression?.key ?? '']])
        expect(volume.spec.local !== undefined).toBe(expression?.key === 'kubernetes.io/hostname')
        seen += 1
      }
    expect(seen).toBe(claims.length)
    expect(claims.map(({ spec }) => spec.storageClassName)).toEqual(expect.arrayContaining(['managed-csi', 'local-storage']))
  })
})

describe('names', () => {
  it('lie in namespaces that are there, and have the same uid at each reading and at each start', async () => {
    const all = async () => (await Promise.all((Object.keys(paths) as (keyof typeof paths)[]).map(read))).flat()
    const [objects, again] = [await all(), await all()]
    const namespaces = new Set(namesOf({ items: await read('namespaces') }))
    for (const { metadata } of objects) if (metadata.namespace !== undefined) expect(namespaces).toContain(metadata.namespace)
    const uids = objects.map(({ metadata }) => metadata.uid)
    expect(new Set(uids).size).toBe(uids.length)
    expect(again.map(({ metadata }) => metadata.uid)).toEqual(uids)
    const other = await startSimulator({ scenario: 'mixed', nodes: 60, kubePort: 0 })
    expect((await readAll(other.kubeUrl, paths.nodes)).items.map(({ metadata }) => metadata.uid)).toEqual((await read('nodes')).map(({ metadata }) => metadata.uid))
    await other.close()
  })
})

describe('in a migration', () => {
  it('pods that leave carry the end of their grace period and do not count as healthy', async () => {
    const nodeNames = (await namesIn(simulator, 'npweb')).slice(0, 6)
    const run = await startRun(simulator, { nodeNames, batchSizePercentage: 100 })
    let leaving: KubeObject[] = []
    for (let seconds = 0; seconds < minutesOfDraining * 60 && leaving.length === 0; seconds += 5) {
      await simulator.admin.time({ skipMs: seconds === 0 ? 2 * minuteMs : 5000 })
      leaving = (await read('pods')).filter(({ metadata }) => metadata.deletionTimestamp !== undefined)
    }
    expect(leaving.length).toBeGreaterThan(0)
    for (const pod of leaving) {
      expect(isReady(pod)).toBe(false)
      expect(nodeNames).toContain(pod.spec.nodeName)
    }
    await toEnd(simulator, run.id)
    expect((await read('pods')).filter(({ metadata }) => metadata.deletionTimestamp !== undefined)).toEqual([])
    expect(namesOf({ items: await read('nodes') })).not.toEqual(expect.arrayContaining(nodeNames))
  })
})
