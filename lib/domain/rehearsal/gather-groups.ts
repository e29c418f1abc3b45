import type { Vng, VngSpec } from '@/lib/spot/schemas/vng'
import { isArm } from '../matching/conditions'
import { dimensionsOf } from '../matching/vm-sizes'
import type { RehearsalFacts, RehearsalGroup } from './facts'
import { groupSizes, sizeGapOf, type SizesInUse } from './group-sizes'

/** What holds where neither a group nor the template says anything (Spot API, Create Virtual Node Group; Spot's Terraform provider, `spotinst_ocean_aks_np_virtual_node_group`). */
const defaults = { maxPodsPerNode: 110, minCount: 0, maxCount: 1000, spotPercentage: 100, fallbackToOd: true, drainingTimeoutSeconds: 300 }

const filled = <Value extends object>(own: Value, inherited: Value | undefined): Value => (Object.keys(own).length === 0 ? (inherited ?? own) : own)

/** By the filters where they name any, else by the sizes that are named. */
const architectureOf = (filters: { architectures?: string[] | null } | null | undefined, vmSizes: readonly string[]): RehearsalGroup['architecture'] => {
  const arms = filters?.architectures?.length ? filters.architectures.map(isArm) : vmSizes.map((name) => dimensionsOf(name)?.architecture === 'arm64')
  const [first] = arms
  return first === undefined || arms.includes(!first) ? null : first ? 'arm64' : 'amd64'
}

const groupOf = (spec: VngSpec, template: VngSpec | null, name: string, inUse: SizesInUse): RehearsalGroup => {
  const pools = [spec.nodePoolProperties, template?.nodePoolProperties]
  const strategies = [spec.strategy, template?.strategy]
  const pick = <Part, Value>(parts: readonly (Part | null | undefined)[], of: (part: Part) => Value | null): Value | null =>
    parts.reduce<Value | null>((found, part) => found ?? (part == null ? null : of(part)), null)
  const vmSizes = groupSizes(spec.vmSizes, template?.vmSizes, inUse)
  return {
    name,
    availabilityZones: spec.availabilityZones?.length ? spec.availabilityZones : (template?.availabilityZones ?? []),
    labels: filled(spec.labels, template?.labels),
    taints: filled(spec.taints, template?.taints),
    vmSizes,
    sizeGap: sizeGapOf(spec.vmSizes, template?.vmSizes),
    architecture: architectureOf(spec.vmSizes?.filters ?? template?.vmSizes?.filters, vmSizes),
    osSku: pick(pools, ({ osSKU }) => osSKU),
    osType: pick(pools, ({ osType }) => osType)?.toLowerCase() === 'windows' ? 'Windows' : 'Linux',
    maxPodsPerNode: pick(pools, ({ maxPodsPerNode }) => maxPodsPerNode) ?? defaults.maxPodsPerNode,
    minCount: spec.nodeCountLimits.minCount ?? defaults.minCount,
    maxCount: spec.nodeCountLimits.maxCount ?? template?.nodeCountLimits.maxCount ?? defaults.maxCount,
    spotPercentage: pick(strategies, ({ spotPercentage }) => spotPercentage) ?? defaults.spotPercentage,
    fallbackToOd: pick(strategies, ({ fallbackToOd }) => fallbackToOd) ?? defaults.fallbackToOd,
    drainingTimeoutSeconds: pick(strategies, ({ drainingTimeout }) => drainingTimeout) ?? defaults.drainingTimeoutSeconds,
  }
}

const emptySpec: VngSpec = { availabilityZones: null, labels: {}, taints: [], nodeCountLimits: { minCount: null, maxCount: null }, strategy: null, nodePoolProperties: null, vmSizes: null, restrictScaleDown: null, scheduling: null }

/** The groups in list order and the template, with what each inherits (Ocean AKS, Virtual node groups). */
export const gatherGroups = (vngs: readonly Vng[], template: VngSpec | null, inUse: SizesInUse): Pick<RehearsalFacts, 'groups' | 'template'> => ({
  groups: vngs.map((vng) => ({ ...groupOf(vng, template, vng.name === '' ? vng.id : vng.name, inUse), vngId: vng.id })),
  template: groupOf(template ?? emptySpec, null, 'Default', inUse),
})
