import { describe, expect, it } from 'vitest'
import type { KubePod } from '@/lib/domain/kube-facts'
import { clusterOf, constraints, findingsOf, idsOf, pod, reported, template, vng, withKube } from './facts'
import { assessCluster } from '@/lib/domain/readiness/assess-cluster'

const claim = { namespace: 'shop', name: 'data', isBound: true, zones: null, isLocal: false }
const usesClaim: Partial<KubePod> = { volumes: [{ kind: 'claim', claimName: 'data' }] }
const withPod = (change: Partial<KubePod>, more: Parameters<typeof withKube>[0] = {}) => withKube({ pods: [pod(change)], ...more })
const requires = (key: string, operator: string, values: string[]) => constraints({ requiredAffinity: [{ expressions: [{ key, operator, values }], fields: [] }] })

describe('rules about pods', () => {
  it('leaves out what a drain leaves out: pods of DaemonSets, mirror pods, and those that have ended or are going', () => {
    const risky: Partial<KubePod> = { volumes: [{ kind: 'emptyDir' }], constraints: constraints({ nodeSelector: { disk: 'ssd' } }) }
    for (const change of [{ owner: { kind: 'DaemonSet', name: 'agent' } }, { owner: { kind: 'Node', name: 'node-a' } }, { phase: 'Succeeded' }, { isTerminating: true }])
      expect(idsOf(withPod({ ...risky, ...change })), JSON.stringify(change)).toEqual([])
  })

  it('names the pods once, the first three of many', () => {
    const pods = ['a', 'b', 'c', 'd', 'e'].map((name) => pod({ name, owner: null }))
    expect(findingsOf(withKube({ pods }))[0]?.sentence).toBe('Stand-alone: shop/a, shop/b, shop/c and 2 more. Evicted, nobody starts them again; kept, the node stays.')
  })

  it('says where a pod goes that its node’s match does not take, and why', () => {
    expect(findingsOf(withPod({ constraints: requires('tier', 'NotIn', ['web']) }))[0]?.sentence).toBe(
      'Lands elsewhere: shop/web-1, not on the group that matches this node. Default takes them, web does not: it needs a node with tier not web.',
    )
  })

  it('says what keeps a pod from every group', () => {
    const sentenceOf = (change: Partial<KubePod>) => findingsOf(withPod(change))[0]?.sentence
    expect(sentenceOf({ constraints: constraints({ nodeSelector: { disk: 'ssd' } }) })).toBe('No VNG can take shop/web-1: it needs a node with disk=ssd.')
    expect(sentenceOf({ constraints: constraints({ nodeSelector: { agentpool: 'npweb' } }) })).toContain('it needs a node with agentpool=npweb')
    expect(sentenceOf({ constraints: constraints({ requiredAffinity: [] }) })).toContain('its affinity allows no node')
    expect(sentenceOf({ constraints: constraints({ requiredAffinity: [{ expressions: [], fields: [{ key: 'metadata.name', operator: 'In', values: ['node-a'] }] }] }) })).toContain('tied to a node by name')
  })

  it.each([
    ['an operating system the groups do not have', requires('kubernetes.io/os', 'In', ['windows']), true],
    ['the operating system they have', requires('kubernetes.io/os', 'In', ['linux']), false],
    ['a zone no group serves', requires('topology.kubernetes.io/zone', 'In', ['westeurope-3']), true],
    ['one of the zones', requires('topology.kubernetes.io/zone', 'In', ['westeurope-3', 'westeurope-2']), false],
    ['any zone but one of two', requires('topology.kubernetes.io/zone', 'NotIn', ['westeurope-1']), false],
    ['no zone', requires('topology.kubernetes.io/zone', 'In', ['0']), true],
    ['any zone but those there are', requires('topology.kubernetes.io/zone', 'NotIn', ['westeurope-1', 'westeurope-2']), true],
    ['a label the API does not tell', requires('node.kubernetes.io/instance-type', 'In', ['Standard_D4s_v5']), false],
    ['a label that must be absent', requires('disk', 'DoesNotExist', []), false],
    ['a label that must be there', requires('disk', 'Exists', []), true],
    ['a label of the match that must be there', requires('tier', 'In', ['web']), false],
  ])('a required affinity for %s', (_, wanted, isBlocked) => {
    expect(idsOf(withPod({ constraints: wanted }))).toEqual(isBlocked ? ['fits-no-vng'] : [])
  })

  it.each<[string, string[], string, string[], string[]]>([
    ['another architecture', ['ARM64'], 'In', ['amd64'], ['fits-no-vng', 'architecture-differs']],
    ['the architecture of the group', ['ARM64'], 'In', ['arm64'], ['architecture-differs']],
    ['one of two', ['X86_64', 'ARM64'], 'In', ['amd64'], []],
    ['any but one of two', ['X86_64', 'ARM64'], 'NotIn', ['arm64'], []],
    ['any but the only one', ['INTEL64', 'AMD64'], 'NotIn', ['amd64'], ['fits-no-vng']],
    ['one that no filter tells', [], 'In', ['arm64'], []],
  ])('a pod that needs %s', (_, architectures, operator, values, expected) => {
    const filters = { vmSizes: { filters: { architectures } } }
    const given = { reported: [reported({ architecture: 'amd64' })], vngs: [vng(filters)], template: template(filters) }
    expect(idsOf({ ...withPod({ constraints: requires('kubernetes.io/arch', operator, values) }), ...given })).toEqual(expected)
  })

  it('counts GPUs where a group limits them', () => {
    const wants = withPod({ constraints: constraints({ requests: { milliCpu: 250, memoryMiB: 512, gpu: 2 } }) })
    const upTo = (maxGpu: number) => ({ ...wants, vngs: [vng({ vmSizes: { filters: { maxGpu } } })], template: template({ vmSizes: { filters: { maxGpu } } }) })
    expect(findingsOf(upTo(1)).map(({ sentence }) => sentence)).toEqual(['Requests too large: shop/web-1. 0.25 vCPU, 0.5 GiB and 2 GPU are more than the largest size any group allows.'])
    expect(idsOf(upTo(2))).toEqual([])
  })

  it('claims nothing about places while groups or template are not read', () => {
    const stuck = withPod({ constraints: constraints({ nodeSelector: { disk: 'ssd' } }) })
    expect(idsOf({ ...stuck, vngs: null })).toEqual([])
    expect(idsOf({ ...stuck, template: null })).toEqual([])
  })

  it.each<[string, string[] | null, string[] | null, string[] | null, string[]]>([
    ['where no zones are known', ['westeurope-3'], null, null, ['no-zone']],
    ['that is tied to no place', null, ['1'], ['1'], []],
    ['without a zone, and groups of zones', ['0'], ['1', '2'], ['1', '2'], ['volume-no-zone']],
    ['without a zone, and a group without', ['0'], ['0'], ['1', '2'], ['zone-not-served']],
    ['without a zone, and a group of both', ['0'], ['0', '1'], ['1', '2'], []],
    ['without a zone, and a template without', ['0'], ['1'], ['0', '1'], ['lands-elsewhere']],
    ['in a zone, and a group without', ['westeurope-1'], ['0'], ['0'], ['volume-zone', 'zone-not-served']],
    ['of every zone and none', ['westeurope-1', 'westeurope-2', '0'], ['0'], ['0'], ['zone-not-served']],
    ['of every zone and none, and groups of zones', ['westeurope-1', 'westeurope-2', '0'], ['1'], ['1'], []],
  ])('a volume %s', (_, zones, ofGroup, ofTemplate, expected) => {
    const places = { vngs: [vng({ availabilityZones: ofGroup })], template: template({ availabilityZones: ofTemplate }) }
    const pods = [pod({ ...usesClaim, constraints: requires('tier', 'NotIn', ['api']) })]
    expect(idsOf({ ...withKube({ pods, claims: [{ ...claim, zones }] }), ...places })).toEqual(expected)
  })

  it('says what a volume without a zone needs', () => {
    const [finding] = findingsOf(withPod(usesClaim, { claims: [{ ...claim, zones: ['0'] }] }))
    expect(finding?.sentence).toBe('Volume without a zone: shop/web-1. Azure attaches such a disk to nodes without a zone only, and no group that can take the pod makes those.')
    expect(finding?.remedy).toBe('Add zone 0, which means no zone, to the virtual node group, or move the data to a zone-redundant disk.')
  })

  it('minds the spot label only where a pod cannot do without it', () => {
    const key = 'kubernetes.azure.com/scalesetpriority'
    const term = (operator: string) => ({ expressions: [{ key, operator, values: ['spot'] }], fields: [] })
    const ids = (...terms: ReturnType<typeof term>[]) => idsOf(withPod({ constraints: constraints({ requiredAffinity: terms }) }))
    expect([ids(term('NotIn')), ids(term('DoesNotExist')), ids(term('In'), { expressions: [], fields: [] })]).toEqual([[], [], []])
    expect([ids(term('Exists')), idsOf(withPod({ constraints: constraints({ nodeSelector: { [key]: 'spot' } }) }))]).toEqual([['spot-affinity-required'], ['spot-affinity-required']])
  })

  it('reads what a group leaves blank from the template', () => {
    const inherited = { vngs: [vng()], template: template({ taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }] }) }
    expect(idsOf({ ...withPod({}), ...inherited })).toEqual(['fits-no-vng'])
    const bare = { vngs: [vng({ labels: {} })], template: template({ labels: { disk: 'ssd' } }) }
    expect(idsOf({ ...withPod({ constraints: constraints({ nodeSelector: { disk: 'ssd' } }) }), ...bare })).toEqual([])
  })

  it('tells what becomes of a pod without the spot toleration', () => {
    const bare = { constraints: constraints({ tolerations: [] }) }
    const sentenceOf = (change: Partial<KubePod>, labels: Record<string, string>) => findingsOf(withPod({ ...bare, ...change }, { namespaces: [{ name: 'shop', labels }] }))[0]?.sentence
    expect(sentenceOf({}, {})).toContain('they get it when made anew')
    expect(sentenceOf({}, { 'spot.io/inject-aks-spot-toleration': 'false' })).toContain('opts out')
    expect(sentenceOf({ namespace: 'kube-system' }, {})).toContain('leaves this namespace out')
    expect(idsOf({ ...withPod(bare), vngs: [vng({ strategy: { spotPercentage: 0 } })] })).toEqual([])
  })

  it('keeps, per pod, which rule spoke, and gathers the same by workload', () => {
    const { nodes, workloads } = assessCluster(clusterOf(withKube({ pods: [pod({ volumes: [{ kind: 'emptyDir' }] }), pod({ name: 'web-2' })] })))
    expect(nodes.get('node-a')?.hits).toEqual([{ id: 'local-data', detail: 'emptyDir', podName: 'shop/web-1' }])
    expect(workloads).toMatchObject([{ key: 'Deployment/shop/web', replicas: 3, pods: 2, readyPods: 2, nodeNames: ['node-a'], pdbs: [], findings: [{ id: 'local-data' }] }])
  })
})

describe('DaemonSets', () => {
  const daemonSet = (change: Parameters<typeof constraints>[0]) => ({ namespace: 'shop', name: 'agent', template: { labels: {}, annotations: {}, constraints: constraints(change) } })
  const pods = [pod({ owner: { kind: 'DaemonSet', name: 'agent' } })]

  it('that will not follow are told, by what their template says', () => {
    expect(findingsOf(withKube({ pods, daemonSets: [daemonSet({ nodeSelector: { agentpool: 'npweb' } })] }))).toMatchObject([
      { id: 'daemonset-stays', sentence: 'DaemonSet shop/agent (it needs a node with agentpool=npweb) will not run on the new nodes.' },
    ])
    expect(idsOf(withKube({ pods, daemonSets: [daemonSet({})] }))).toEqual([])
    expect(idsOf(withKube({ pods, daemonSets: [] }))).toEqual([])
  })
})
