import { describe, expect, it } from 'vitest'
import { quantity } from '@/lib/kube/quantity'
import { claimsOf, nodeOf, pdbOf, workloadOf } from '@/lib/kube/shape'
import { createSharer, podOf } from '@/lib/kube/shape-pods'
import { wireClaim, wireNode, wirePdb, wirePod, wireVolume, wireWorkload } from '@/lib/kube/wire'

const podWith = (metadata: object, spec: object = {}, status: object = {}) =>
  podOf(wirePod.parse({ metadata: { name: 'web-5d7-x', namespace: 'shop', ...metadata }, spec: { containers: [], ...spec }, status }), createSharer())

describe('quantities', () => {
  it.each([
    ['250m', 0.25],
    ['2', 2],
    [3, 3],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['128M', 128e6],
    ['2e3', 2000],
    ['100Ki', 102_400],
    ['1E', 1e18],
    ['nonsense', 0],
    ['5Zi', 0],
    [undefined, 0],
  ])('%s', (text, value) => expect(quantity(text)).toBe(value))
})

describe('a pod', () => {
  it('is read with what the rules need, and nothing is invented for what is absent', () => {
    expect(podWith({})).toEqual({
      namespace: 'shop',
      name: 'web-5d7-x',
      nodeName: null,
      phase: 'Unknown',
      isReady: false,
      isTerminating: false,
      owner: null,
      labels: {},
      annotations: {},
      constraints: { nodeSelector: {}, requiredAffinity: null, preferredAffinity: [], tolerations: [], requests: { milliCpu: 0, memoryMiB: 0, gpu: 0 } },
      volumes: [],
      pendingReason: null,
    })
  })

  it('belongs to the Deployment behind its ReplicaSet, to the ReplicaSet where there is none, and to nobody without a controller', () => {
    const ownedBy = (kind: string, name: string, labels: object, controller = true) => podWith({ labels, ownerReferences: [{ kind, name, controller }] }).owner
    expect(ownedBy('ReplicaSet', 'web-5d7', { 'pod-template-hash': '5d7' })).toEqual({ kind: 'Deployment', name: 'web' })
    expect(ownedBy('ReplicaSet', 'by-hand', {})).toEqual({ kind: 'ReplicaSet', name: 'by-hand' })
    expect(ownedBy('ReplicaSet', 'by-hand', { 'pod-template-hash': '5d7' })).toEqual({ kind: 'ReplicaSet', name: 'by-hand' })
    expect(ownedBy('StatefulSet', 'db', {})).toEqual({ kind: 'StatefulSet', name: 'db' })
    expect(ownedBy('Backup', 'nightly', {}, false)).toBeNull()
  })

  it('asks for what the scheduler counts: containers and sidecars, or a larger init container, and the overhead', () => {
    const asks = (cpu: string, more: object = {}) => ({ ...more, resources: { requests: { cpu, memory: '256Mi' } } })
    const requests = (spec: object) => podWith({}, spec).constraints.requests
    expect(requests({ containers: [asks('100m'), asks('200m')], initContainers: [asks('50m')] })).toEqual({ milliCpu: 300, memoryMiB: 512, gpu: 0 })
    expect(requests({ containers: [asks('100m')], initContainers: [asks('2')] })).toEqual({ milliCpu: 2000, memoryMiB: 256, gpu: 0 })
    expect(requests({ containers: [asks('100m')], initContainers: [asks('200m', { restartPolicy: 'Always' })], overhead: { cpu: '10m' } })).toEqual({ milliCpu: 310, memoryMiB: 512, gpu: 0 })
    expect(requests({ containers: [{ resources: { requests: { 'nvidia.com/gpu': '2' } } }] }).gpu).toBe(2)
  })

  it('asks for an init container together with the sidecars that run by then, and for what the pod as a whole requests', () => {
    const asks = (cpu: string, more: object = {}) => ({ ...more, resources: { requests: { cpu, memory: '256Mi' } } })
    const requests = (spec: object) => podWith({}, spec).constraints.requests
    const [first, second] = [asks('500m', { restartPolicy: 'Always' }), asks('300m', { restartPolicy: 'Always' })]
    expect(requests({ containers: [asks('100m')], initContainers: [first, asks('2'), second] })).toEqual({ milliCpu: 2500, memoryMiB: 768, gpu: 0 })
    expect(requests({ containers: [asks('100m')], initContainers: [asks('2'), first, second] })).toEqual({ milliCpu: 2000, memoryMiB: 768, gpu: 0 })
    const gpu = { resources: { requests: { cpu: '1', 'nvidia.com/gpu': '1' } } }
    expect(requests({ containers: [asks('100m'), gpu], resources: { requests: { cpu: '4' } }, overhead: { cpu: '10m' } }), 'each amount by itself').toEqual({ milliCpu: 4010, memoryMiB: 256, gpu: 1 })
  })

  it('keeps volumes apart by what a move does to them', () => {
    const volumes = [
      { name: 'a', emptyDir: {} },
      { name: 'b', emptyDir: { medium: 'Memory' } },
      { name: 'c', hostPath: { path: '/var' } },
      { name: 'd', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'e', ephemeral: { volumeClaimTemplate: {} } },
      { name: 'f', configMap: { name: 'x' } },
    ]
    expect(podWith({}, { volumes }).volumes).toEqual([{ kind: 'emptyDir' }, { kind: 'memory' }, { kind: 'hostPath' }, { kind: 'claim', claimName: 'data' }, { kind: 'claim', claimName: 'web-5d7-x-e' }])
  })

  it('carries affinity and tolerations as Kubernetes means them', () => {
    const term = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }
    const { constraints } = podWith({}, {
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] }, preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, preference: term }] } },
      tolerations: [{ operator: 'Exists' }, { key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
    })
    const shaped = { expressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }], fields: [] }
    expect(constraints).toMatchObject({ requiredAffinity: [shaped], preferredAffinity: [{ weight: 5, term: shaped }] })
    expect(constraints.tolerations).toEqual([{ key: null, operator: 'Exists', value: '', effect: null }, { key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }])
  })

  it.each([
    ['an anti-affinity that must hold', { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] } } }, true],
    ['an affinity to pods that must hold', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } }, true],
    ['a spread that must hold', { topologySpreadConstraints: [{ maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }] }, true],
    ['wishes alone', { affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{}] } }, topologySpreadConstraints: [{ whenUnsatisfiable: 'ScheduleAnyway' }] }, undefined],
  ])('is tied to other pods by %s, or not', (_, spec, isTied) => expect(podWith({}, spec).constraints.isTiedToPods).toBe(isTied))

  it('shares its constraints with pods that have the same', () => {
    const share = createSharer()
    const read = (nodeSelector: object) => podOf(wirePod.parse({ metadata: { name: 'a', namespace: 'b' }, spec: { nodeSelector } }), share).constraints
    expect(read({ disk: 'ssd' })).toBe(read({ disk: 'ssd' }))
    expect(read({ disk: 'ssd' })).not.toBe(read({}))
  })

  it('says why it is pending and whether it is ready, and leaves long annotations out', () => {
    const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }, { type: 'Ready', status: 'False' }]
    expect(podWith({}, {}, { phase: 'Pending', conditions })).toMatchObject({ phase: 'Pending', isReady: false, pendingReason: '0/3 nodes are available' })
    expect(podWith({}, {}, { conditions: [{ type: 'Ready', status: 'True' }] }).isReady).toBe(true)
    expect(podWith({ annotations: { short: 'yes', long: 'x'.repeat(1000) } }).annotations).toEqual({ short: 'yes' })
  })
})

describe('other kinds', () => {
  it('nodes with version, cordon, readiness, taints and room', () => {
    const wire = wireNode.parse({
      metadata: { name: 'n', labels: { a: 'b' } },
      spec: { unschedulable: true, taints: [{ key: 'gpu', effect: 'NoSchedule' }] },
      status: { allocatable: { cpu: '3860m', memory: '14Gi', pods: '110' }, conditions: [{ type: 'Ready', status: 'True' }], nodeInfo: { kubeletVersion: 'v1.33.2' } },
    })
    expect(nodeOf(wire)).toEqual({
      name: 'n',
      kubeletVersion: 'v1.33.2',
      isUnschedulable: true,
      isReady: true,
      labels: { a: 'b' },
      taints: [{ key: 'gpu', value: '', effect: 'NoSchedule' }],
      allocatable: { milliCpu: 3860, memoryMiB: 14_336, gpu: 0, pods: 110 },
    })
  })

  it('budgets with their selector told apart from an absent one', () => {
    const read = (spec: object) => pdbOf(wirePdb.parse({ metadata: { name: 'p', namespace: 'shop' }, spec, status: { disruptionsAllowed: 1 } }))
    expect(read({ selector: {}, minAvailable: '50%' })).toMatchObject({ selector: { matchLabels: {}, matchExpressions: [] }, minAvailable: '50%', maxUnavailable: null, disruptionsAllowed: 1 })
    expect(read({ maxUnavailable: 1 })).toMatchObject({ selector: null, maxUnavailable: 1 })
  })

  it('workloads of one replica where the number is left out', () => {
    const wire = wireWorkload.parse({ metadata: { name: 'w', namespace: 'shop' }, spec: { template: { spec: { containers: [] } } } })
    expect(workloadOf('Deployment', wire, createSharer())).toMatchObject({ replicas: 1, readyReplicas: 0 })
  })

  it('claims with the place of their volume', () => {
    const affinity = (key: string, values: string[]) => ({ nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] } } })
    const volume = (name: string, spec: object) => wireVolume.parse({ metadata: { name }, spec })
    const volumes = [
      volume('zonal', affinity('topology.disk.csi.azure.com/zone', ['westeurope-2'])),
      volume('zoneless', affinity('topology.disk.csi.azure.com/zone', [''])),
      volume('redundant', affinity('topology.disk.csi.azure.com/zone', ['westeurope-1', 'westeurope-2', ''])),
      volume('anywhere', {}),
      volume('local', { local: { path: '/mnt' }, ...affinity('kubernetes.io/hostname', ['n']) }),
    ]
    const claims = ['zonal', 'zoneless', 'redundant', 'anywhere', 'local', 'lost'].map((volumeName) => wireClaim.parse({ metadata: { name: volumeName, namespace: 'shop' }, spec: { volumeName }, status: { phase: 'Bound' } }))
    expect(claimsOf(claims, volumes).map(({ name, zones, isLocal }) => [name, zones, isLocal])).toEqual([
      ['zonal', ['westeurope-2'], false],
      ['zoneless', ['0'], false],
      ['redundant', ['westeurope-1', 'westeurope-2', '0'], false],
      ['anywhere', null, false],
      ['local', null, true],
      ['lost', null, false],
    ])
  })
})
