import { describe, expect, it } from 'vitest'
import type { Condition } from '@/lib/domain/matching/conditions'
import { explainGroup } from '@/lib/domain/matching/explain'
import { explainAnswer, explainMatch } from '@/lib/domain/matching/explain-match'
import { groupsOf, templateGroup } from '@/lib/domain/matching/group'
import type { NodeToMatch } from '@/lib/domain/matching/signature'
import type { VngSpec } from '@/lib/spot/schemas/vng'
import { node, signature, template, vng } from './build'

const against = (change: Partial<NodeToMatch>, body: Record<string, unknown>, spec: VngSpec | null = template(), nodesNow: ReadonlyMap<string, number> | null = new Map(), version?: string) => {
  const [group] = groupsOf([vng('vng-1', body)], spec)
  if (group === undefined) throw new Error('One group was made.')
  return explainGroup(signature(change, version), group, nodesNow)
}

describe('labels', () => {
  it('are present, missing or of another value, and the group may add some', () => {
    const { labels, addedLabels, changes, isMatch } = against({ labels: { a: '1', b: '1', c: '1' } }, { labels: { a: '1', b: '2', d: '1' } })
    expect(labels).toEqual([
      { key: 'a', nodeValue: '1', groupValue: '1', state: 'present' },
      { key: 'b', nodeValue: '1', groupValue: '2', state: 'value-differs' },
      { key: 'c', nodeValue: '1', groupValue: null, state: 'missing' },
    ])
    expect(addedLabels).toEqual({ d: '1' })
    expect({ changes, isMatch }).toEqual({ changes: 2, isMatch: false })
  })
})

describe('taints', () => {
  it('are equal, lacking or added', () => {
    const { taints, changes } = against(
      { taints: ['a=1:NO_SCHEDULE', 'b=1:NO_SCHEDULE'] },
      { taints: [{ key: 'a', value: '1', effect: 'NoSchedule' }, { key: 'c', value: '1', effect: 'NoExecute' }] },
    )
    expect(taints).toEqual([
      { taint: 'a=1:NoSchedule', state: 'equal' },
      { taint: 'b=1:NoSchedule', state: 'vng-lacks' },
      { taint: 'c=1:NoExecute', state: 'vng-adds' },
    ])
    expect(changes).toBe(2)
  })
})

type Given = { node?: Partial<NodeToMatch>; vng?: Record<string, unknown>; template?: Record<string, unknown>; now?: number | null; version?: string }
const filters = (values: Record<string, unknown>) => ({ vng: { vmSizes: { filters: values } } })

describe('conditions', () => {
  it.each<[Condition['about'], string, Given, Condition['state']]>([
    ['zone', 'served', { vng: { availabilityZones: ['1', '2'] } }, 'fits'],
    ['zone', 'served by the template', {}, 'fits'],
    ['zone', 'named with its region', { node: { availabilityZone: 'westeurope-1' } }, 'fits'],
    ['zone', 'not served', { vng: { availabilityZones: ['2', '3'] } }, 'does-not-fit'],
    ['zone', 'of a node, where the group makes nodes without one', { vng: { availabilityZones: ['0'] } }, 'does-not-fit'],
    ['zone', 'of a node without one', { node: { availabilityZone: '0' } }, 'unknown'],
    ['zone', 'not said', { node: { availabilityZone: null } }, 'unknown'],
    ['zone', 'that nobody names', { template: { availabilityZones: [] } }, 'unknown'],
    ['os', 'equal', { vng: { nodePoolProperties: { osType: 'Linux' } } }, 'fits'],
    ['os', 'Linux where none is named', {}, 'fits'],
    ['os', 'other', { vng: { nodePoolProperties: { osType: 'Windows' } } }, 'does-not-fit'],
    ['os', 'inherited', { template: { nodePoolProperties: { osType: 'Windows' } } }, 'does-not-fit'],
    ['os', 'not said', { node: { operatingSystem: null } }, 'unknown'],
    ['architecture', 'without a filter', {}, 'fits'],
    ['architecture', 'one instruction set by two names', filters({ architectures: ['X86_64'] }), 'fits'],
    ['architecture', 'ARM only', filters({ architectures: ['ARM64'] }), 'does-not-fit'],
    ['architecture', 'ARM among others', { node: { architecture: 'arm64' }, ...filters({ architectures: ['X86_64', 'ARM64'] }) }, 'fits'],
    ['architecture', 'not said', { node: { architecture: null }, ...filters({ architectures: ['ARM64'] }) }, 'unknown'],
    ['size', 'without filters', {}, 'fits'],
    ['size', 'at the bounds', filters({ minVCpu: 4, maxVCpu: 4, minMemoryGiB: 16, maxMemoryGiB: 16 }), 'fits'],
    ['size', 'too few vCPUs', filters({ minVCpu: 8 }), 'does-not-fit'],
    ['size', 'too much memory', filters({ maxMemoryGiB: 8 }), 'does-not-fit'],
    ['size', 'without the GPU that is asked for', filters({ minGpu: 1 }), 'does-not-fit'],
    ['size', 'of a listed series, in the vendor’s words', filters({ series: ['D v5'] }), 'fits'],
    ['size', 'of a listed series, in Azure’s words', filters({ series: ['Dsv5'] }), 'fits'],
    ['size', 'of no listed series', filters({ series: ['E v5'] }), 'does-not-fit'],
    ['size', 'of a series that may hide behind an unknown name', filters({ series: ['Z v9'] }), 'unknown'],
    ['size', 'of an excluded series', filters({ excludeSeries: ['D v5'] }), 'does-not-fit'],
    ['size', 'with empty lists, which filter nothing', { ...filters({ series: [], excludeSeries: [] }) }, 'fits'],
    ['size', 'that the table does not know', { node: { vmSize: 'Standard_Z9z_v9' }, ...filters({ minVCpu: 2 }) }, 'unknown'],
    ['size', 'not said', { node: { vmSize: null }, ...filters({ minVCpu: 2 }) }, 'unknown'],
    ['size', 'known to fail one filter, whatever the other', filters({ minVCpu: 64, series: ['Z v9'] }), 'does-not-fit'],
    ['gpu', 'none needed', filters({ maxGpu: 0 }), 'fits'],
    ['gpu', 'within the limit', { node: { allocatableGpu: 1 }, ...filters({ maxGpu: 1 }) }, 'fits'],
    ['gpu', 'more than allowed', { node: { allocatableGpu: 4 }, ...filters({ maxGpu: 1 }) }, 'does-not-fit'],
    ['gpu', 'from the table', { node: { allocatableGpu: null, vmSize: 'Standard_NC6s_v3' }, ...filters({ maxGpu: 0 }) }, 'does-not-fit'],
    ['gpu', 'not known', { node: { allocatableGpu: null, vmSize: 'Standard_Z9z_v9' }, ...filters({ maxGpu: 0 }) }, 'unknown'],
    ['kubernetes-version', 'equal but for the patch', { version: 'v1.33.2', vng: { nodePoolProperties: { kubernetesVersion: '1.33.5' } } }, 'fits'],
    ['kubernetes-version', 'a bare number', { version: 'v1.33.2', vng: { nodePoolProperties: { kubernetesVersion: 1.33 } } }, 'fits'],
    ['kubernetes-version', 'another', { version: 'v1.32.0', vng: { nodePoolProperties: { kubernetesVersion: '1.33' } } }, 'does-not-fit'],
    ['kubernetes-version', 'that of the control plane', { version: 'v1.33.2' }, 'unknown'],
    ['kubernetes-version', 'not read', { vng: { nodePoolProperties: { kubernetesVersion: '1.33' } } }, 'unknown'],
    ['max-count', 'with room', { now: 4, vng: { nodeCountLimits: { maxCount: 5 } } }, 'fits'],
    ['max-count', 'reached', { now: 5, vng: { nodeCountLimits: { maxCount: 5 } } }, 'does-not-fit'],
    ['max-count', 'reached, by the template’s limit', { now: 5, template: { nodeCountLimits: { maxCount: 5 } } }, 'does-not-fit'],
    ['max-count', 'without a limit', { now: 5 }, 'unknown'],
    ['max-count', 'with nodes not read', { now: null, vng: { nodeCountLimits: { maxCount: 5 } } }, 'unknown'],
  ])('%s %s', (about, _, given, state) => {
    const counts = given.now === null ? null : new Map([['vng-1', given.now ?? 0]])
    const { conditions } = against(given.node ?? {}, given.vng ?? {}, template(given.template), counts, given.version)
    expect(conditions.find((item) => item.about === about)?.state).toBe(state)
  })

  it('do not decide the match', () => {
    const found = against({ labels: { a: '1' } }, { labels: { a: '1' }, availabilityZones: ['3'], nodePoolProperties: { osType: 'Windows' } })
    expect(found.isMatch).toBe(true)
  })

  it.each([[{}, 'none'], [{ preferredVmSizes: ['standard_d4s_v5'] }, 'listed'], [{ preferredVmSizes: ['Standard_E4s_v5'] }, 'others']])('tell a preference from a filter: %o is %s', (vmSizes, preferred) =>
    expect(against({}, { vmSizes }).preferredSizes).toBe(preferred),
  )

  it('say of the template’s room that it is not known', () => {
    const found = explainGroup(signature(), templateGroup(template({ nodeCountLimits: { maxCount: 1 } })), new Map())
    expect(found).toMatchObject({ vngId: null, name: 'Default', isMatch: true })
    expect(found.conditions.find(({ about }) => about === 'max-count')?.state).toBe('unknown')
  })
})

describe('the nearest misses', () => {
  const vngs = [
    vng('far', { labels: { z: '1' }, taints: [{ key: 't', value: '', effect: 'NoSchedule' }] }),
    vng('near-elsewhere', { labels: { a: '1' }, availabilityZones: ['3'] }),
    vng('near', { labels: { b: '1' } }),
    vng('empty', {}),
  ]
  const nodes = [node('node-a', { labels: { a: '1', b: '1' } })]
  const report = explainMatch({ nodes, vngs, template: template() })
  const answer = report.answerOf('node-a')
  const explained = answer === null ? null : explainAnswer(answer, report.matcher, null)

  it('stand by fewest changes, then fewest other obstacles, then list order', () => {
    expect(explained?.all.map(({ name, changes }) => [name, changes])).toEqual([['near', 1], ['near-elsewhere', 1], ['empty', 2], ['far', 3], ['Default', 2]])
    expect(explained?.matched).toBeNull()
  })

  it('come after the match', () => {
    const matching = explainMatch({ nodes, vngs: [vng('empty', {}), vng('both', { labels: { a: '1', b: '1' } })], template: template() })
    const found = matching.answers[0]
    expect(found && explainAnswer(found, matching.matcher, null)).toMatchObject({ all: [{ name: 'both', isMatch: true }, { name: 'empty' }, { name: 'Default' }], matched: { name: 'both' } })
  })
})
