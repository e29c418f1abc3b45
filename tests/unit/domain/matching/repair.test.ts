import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainMatch } from '@/lib/domain/matching/explain-match'
import type { Groups } from '@/lib/domain/matching/matcher'
import { smallestRepair, type RepairPlan } from '@/lib/domain/matching/repair'
import type { NodeToMatch } from '@/lib/domain/matching/signature'
import { newVngBody } from '@/lib/spot/schemas/vng-body'
import { vng as vngSchema, type Vng } from '@/lib/spot/schemas/vng'
import { node, template, vng } from './build'

const gpuTaint = { key: 'sku', value: 'gpu', effect: 'NoSchedule' }
const empty: Groups = { vngs: [], template: template() }
const gpuNode = (name: string, change: Partial<NodeToMatch> = {}) =>
  node(name, { labels: { gpu: 'nvidia' }, taints: ['sku=gpu:NO_SCHEDULE'], vmSize: 'Standard_NC6s_v3', allocatableGpu: 1, ...change })

const plan = (selection: NodeToMatch[], groups = empty, others: NodeToMatch[] = []) => smallestRepair({ groups, selection, nodes: [...selection, ...others] })

/** The list of groups once a plan was carried out. */
const carryOut = ({ repairs }: RepairPlan, { vngs, template: spec }: Groups): Groups => {
  const edited = new Map(repairs.flatMap(({ change }) => (change.kind === 'edit' ? [[change.edit.vngId, change.edit.labels] as const] : [])))
  const made = repairs.flatMap(({ change }, index) => (change.kind === 'new' ? [vngSchema.parse({ ...newVngBody.parse(change.draft), id: `new-${index}` })] : []))
  return { template: spec, vngs: [...vngs.map((one): Vng => ({ ...one, labels: edited.get(one.id) ?? one.labels })), ...made] }
}

const unmatched = (nodes: NodeToMatch[], groups: Groups) => explainMatch({ nodes, ...groups }).answers.flatMap(({ verdict, signature }) => (verdict.kind === 'none' ? signature.nodeNames : []))

describe('the smallest repair', () => {
  it('of a GPU pool is one group with its labels, taints and sizes', () => {
    const { repairs, unrepairable, atLeast } = plan([gpuNode('gpu-1'), gpuNode('gpu-2', { availabilityZone: '2' })])
    expect(repairs.map(({ change }) => change)).toEqual([
      {
        kind: 'new',
        draft: { name: 'vng-nvidia', labels: { gpu: 'nvidia' }, taints: [gpuTaint], vmSizes: { preferredVmSizes: ['Standard_NC6s_v3'], filters: { minGpu: 1 } } },
      },
    ])
    expect(repairs[0]?.covered).toEqual([{ nodeNames: ['gpu-1', 'gpu-2'], labels: { gpu: 'nvidia' }, addedLabels: {} }])
    expect({ unrepairable, atLeast }).toEqual({ unrepairable: [], atLeast: 1 })
  })

  it('takes several pools into one group, and says what their nodes would carry more', () => {
    const { repairs } = plan([node('a', { labels: { app: 'shop' } }), node('b', { labels: { team: 'two' } })])
    expect(repairs).toHaveLength(1)
    expect(repairs[0]?.change).toMatchObject({ draft: { labels: { app: 'shop', team: 'two' } } })
    expect(repairs[0]?.covered.map(({ addedLabels }) => addedLabels)).toEqual([{ team: 'two' }, { app: 'shop' }])
  })

  it.each<[string, Partial<NodeToMatch>, Partial<NodeToMatch>]>([
    ['values', { labels: { tier: 'web' } }, { labels: { tier: 'api' } }],
    ['taints', { labels: { tier: 'web' } }, { labels: { tier: 'web' }, taints: ['sku=gpu:NO_SCHEDULE'] }],
    ['operating systems', { labels: { tier: 'web' } }, { labels: { tier: 'web' }, operatingSystem: 'windows' }],
    ['architectures', { labels: { tier: 'web' } }, { labels: { tier: 'web' }, architecture: 'arm64' }],
    ['GPUs', { labels: { tier: 'web' } }, { labels: { tier: 'web' }, allocatableGpu: 1 }],
  ])('keeps different %s apart', (_, first, second) => expect(plan([node('a', first), node('b', second)]).repairs).toHaveLength(2))

  it.each<[string, Partial<NodeToMatch>, Record<string, unknown>, Record<string, unknown>]>([
    ['zones the template does not serve', { availabilityZone: '3' }, { availabilityZones: ['1'] }, { availabilityZones: ['3'] }],
    ['Windows', { operatingSystem: 'windows' }, {}, { nodePoolProperties: { osType: 'Windows' } }],
    ['Linux beside a Windows template', {}, { nodePoolProperties: { osType: 'Windows' } }, { nodePoolProperties: { osType: 'Linux' } }],
    ['ARM', { architecture: 'arm64', vmSize: 'Standard_D4ps_v5' }, {}, { vmSizes: { preferredVmSizes: ['Standard_D4ps_v5'], filters: { architectures: ['ARM64'] } } }],
    [
      'sizes the template’s filters refuse',
      { vmSize: 'Standard_E16s_v5' },
      { vmSizes: { filters: { maxVCpu: 8 } } },
      { vmSizes: { preferredVmSizes: ['Standard_E16s_v5'], filters: { minVCpu: 16, maxVCpu: 16, minMemoryGiB: 128, maxMemoryGiB: 128 } } },
    ],
  ])('names %s', (_, change, spec, expected) => {
    const { repairs } = plan([node('a', { labels: { app: 'x' }, ...change })], { vngs: [], template: template(spec) })
    expect(repairs[0]?.change).toMatchObject({ draft: expected })
  })

  it('leaves to the template what the template serves', () => {
    expect(plan([node('a', { labels: { app: 'x' } })]).repairs[0]?.change).toEqual({ kind: 'new', draft: { name: 'vng-x', labels: { app: 'x' }, taints: [] } })
  })

  it('takes a name that is free', () => {
    const groups = { ...empty, vngs: [vng('vng-x', { labels: { app: 'y' } })] }
    expect(plan([node('a', { labels: { app: 'x' } })], groups).repairs[0]?.change).toMatchObject({ draft: { name: 'vng-x-2' } })
  })

  it('edits a group where nobody would notice', () => {
    const groups = { ...empty, vngs: [vng('vng-gpu', { taints: [gpuTaint] })] }
    const [repair] = plan([gpuNode('gpu-1')], groups).repairs
    expect(repair?.change).toMatchObject({ kind: 'edit', edit: { vngId: 'vng-gpu', labels: { gpu: 'nvidia' }, radius: { newlyMatched: ['gpu-1'], runningNodes: [] } } })
  })

  it('makes a new group rather than change nodes that run, and offers the edit with what it would change', () => {
    const groups = { ...empty, vngs: [vng('vng-gpu', { taints: [gpuTaint] })] }
    const [repair] = plan([gpuNode('gpu-1')], groups, [gpuNode('runs', { labels: {}, virtualNodeGroupId: 'vng-gpu' })]).repairs
    expect(repair?.change.kind).toBe('new')
    expect(repair?.otherEdits).toMatchObject([{ vngId: 'vng-gpu', radius: { runningNodes: ['runs'], change: { labelsAdded: { gpu: 'nvidia' } } } }])
  })

  it.each<[string, Partial<NodeToMatch>, Record<string, unknown>, string, Record<string, unknown>]>([
    ['another architecture', {}, { vmSizes: { filters: { architectures: ['ARM64'] } } }, 'architecture', { filters: { minGpu: 1 } }],
    ['no GPUs', {}, { vmSizes: { filters: { maxGpu: 0 } } }, 'gpu', { filters: { minGpu: 1 } }],
    ['other zones', { availabilityZone: '3' }, { availabilityZones: ['1'] }, 'zone', { filters: { minGpu: 1 } }],
    ['no zone', {}, { availabilityZones: ['0'] }, 'zone', { filters: { minGpu: 1 } }],
  ])('makes a new group rather than edit one with %s, and says so of the edit', (_, change, spec, about, vmSizes) => {
    const groups = { ...empty, vngs: [vng('vng-other', { taints: [gpuTaint], ...spec }), vng('vng-runs', { taints: [gpuTaint] })] }
    const [repair] = plan([gpuNode('gpu-0'), gpuNode('gpu-1', change)], groups, [gpuNode('runs', { labels: {}, virtualNodeGroupId: 'vng-runs' })]).repairs
    expect(repair?.change).toMatchObject({ kind: 'new', draft: { vmSizes } })
    expect(repair?.otherEdits.map(({ vngId, obstacles }) => [vngId, [...new Set(obstacles.map((obstacle) => obstacle.about))]])).toEqual([['vng-runs', []], ['vng-other', expect.arrayContaining([about])]])
  })

  it('does not borrow a group whose labels are foreign to the nodes', () => {
    const groups = { ...empty, vngs: [vng('vng-batch', { labels: { tier: 'batch' } })] }
    const [repair] = plan([node('a', { labels: { app: 'x' } })], groups).repairs
    expect(repair?.change.kind).toBe('new')
    expect(repair?.otherEdits.map(({ vngId }) => vngId)).toEqual(['vng-batch'])
  })

  it('edits each group once', () => {
    const groups = { ...empty, vngs: [vng('vng-gpu', { taints: [gpuTaint] })] }
    const { repairs } = plan([gpuNode('a'), gpuNode('b', { labels: { gpu: 'amd' } })], groups)
    expect(repairs.map(({ change }) => change.kind).sort()).toEqual(['edit', 'new'])
  })

  it.each<[string, NodeToMatch, Groups]>([
    ['system-pool', node('a', { labels: { 'kubernetes.azure.com/mode': 'system', x: '1' } }), empty],
    ['taint-not-allowed', node('a', { taints: ['x=1:SOMETHING_NEW'] }), empty],
    ['template-taints', node('a', { labels: { x: '1' } }), { vngs: [], template: template({ taints: [gpuTaint] }) }],
  ])('says where no group helps: %s', (reason, one, groups) => expect(plan([one], groups)).toMatchObject({ repairs: [], unrepairable: [{ reason, nodeNames: ['a'] }], atLeast: 0 }))

  it('leaves aside what matches and what Ocean manages', () => {
    const groups = { ...empty, vngs: [vng('vng-x', { labels: { app: 'x' } })] }
    expect(plan([node('plain'), node('fits', { labels: { app: 'x' } }), node('managed', { labels: { app: 'y' }, virtualNodeGroupId: 'vng-x' })], groups).repairs).toEqual([])
  })
})

describe('any repair', () => {
  const pairs = (keys: string[], values: string[]) => fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...values)), { selector: ([key]) => key }).map((list) => Object.fromEntries(list))
  const labels = pairs(['app', 'team', 'tier'], ['1', '2', '3'])
  const taints = fc.constantFrom<string[]>([], [], ['x=1:NO_SCHEDULE'], ['x=1:NO_EXECUTE', 'y:NO_SCHEDULE'])
  const nodes = fc.array(fc.record({ labels, taints, operatingSystem: fc.constantFrom('linux', 'linux', 'windows'), virtualNodeGroupId: fc.constantFrom(null, null, null, 'vng-0') }), { minLength: 1, maxLength: 12 })
  const groups = fc.array(fc.record({ labels, taints: fc.constantFrom([], [], [{ key: 'x', value: '1', effect: 'NoSchedule' }]) }), { maxLength: 3 })
  const templates = fc.constantFrom({}, {}, { labels: { tier: '1' } }, { taints: [gpuTaint] })

  const any = fc.tuple(nodes, groups, templates).map(([specs, bodies, spec]) => ({
    selection: specs.map((change, index) => node(`node-${index}`, change)),
    groups: { vngs: bodies.map((body, index) => vng(`vng-${index}`, body)), template: template(spec) },
  }))

  it('makes every node match that it says it covers, takes none from another group, and passes the API’s rules', () => {
    fc.assert(
      fc.property(any, ({ selection, groups: before }) => {
        const found = smallestRepair({ groups: before, selection, nodes: selection })
        const after = carryOut(found, before)
        const waiting = selection.filter(({ virtualNodeGroupId }) => virtualNodeGroupId === null)
        const impossible = found.unrepairable.flatMap(({ nodeNames }) => nodeNames)
        expect(unmatched(waiting, after).sort()).toEqual(impossible.sort())
        const verdicts = (list: Groups) => new Map(explainMatch({ nodes: waiting, ...list }).answers.flatMap(({ signature, verdict }) => signature.nodeNames.map((name) => [name, verdict] as const)))
        const [then, now] = [verdicts(before), verdicts(after)]
        for (const [name, verdict] of then) if (verdict.kind !== 'none') expect(now.get(name)).toEqual(verdict)
      }),
      { numRuns: 150 },
    )
  })

  // Of one operating system: matching does not look at it, so a group of the other may stand in.
  it('is needed whole: without any one of its groups some node has no match', () => {
    fc.assert(
      fc.property(any, ({ selection: mixed, groups: before }) => {
        const selection = mixed.map((one) => ({ ...one, operatingSystem: 'linux' }))
        const found = smallestRepair({ groups: before, selection, nodes: selection })
        const waiting = selection.filter(({ virtualNodeGroupId }) => virtualNodeGroupId === null)
        const impossible = found.unrepairable.flatMap(({ nodeNames }) => nodeNames).length
        expect(found.repairs).toHaveLength(found.atLeast)
        for (const left of found.repairs) {
          const less = carryOut({ ...found, repairs: found.repairs.filter((repair) => repair !== left) }, before)
          expect(unmatched(waiting, less).length).toBeGreaterThan(impossible)
        }
      }),
      { numRuns: 150 },
    )
  })
})
