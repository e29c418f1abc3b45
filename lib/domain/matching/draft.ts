import { conditionsOf, gpusOf, type Condition } from './conditions'
import type { MatchGroup } from './group'
import type { LabelSet } from './cover'
import type { Signature } from './signature'
import type { Taint } from './taints'
import { dimensionsOf, type VmDimensions } from './vm-sizes'

/** A group to create, in the fields of Create Virtual Node Group. What is left out comes from the template. */
export type VngDraft = {
  name: string
  labels: Record<string, string>
  taints: Taint[]
  availabilityZones?: string[]
  nodePoolProperties?: { osType: 'Linux' | 'Windows' }
  vmSizes?: { preferredVmSizes: string[]; filters?: Record<string, number | string[]> }
}

const distinct = <Value>(values: readonly (Value | null)[]): Value[] => [...new Set(values.filter((value): value is Value => value !== null))]

/** `vng-nvidia`, or `vng-nvidia-2` where that is taken. */
const nameFrom = (labels: LabelSet, taints: readonly Taint[], taken: ReadonlySet<string>): string => {
  const words = distinct([...Object.values(labels), ...(Object.keys(labels).length > 0 ? [] : taints.map(({ key, value }) => value || key))])
  const plain = words.map((word) => word.toLowerCase().replace(/[^a-z0-9]+/g, '-')).filter((word) => word !== '')
  const base = ['vng', ...plain.slice(0, 3)].join('-').slice(0, 60)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`
    if (!taken.has(name)) return name
  }
}

const hasTrouble = (signatures: readonly Signature[], template: MatchGroup | null, about: Condition['about'][]): boolean =>
  template !== null && signatures.some((signature) => conditionsOf(signature, template, null).some((item) => about.includes(item.about) && item.state === 'does-not-fit'))

/** The API takes at least 2 vCPUs and 4 GiB as lower bounds. */
const rangeOver = (sizes: readonly VmDimensions[]): Record<string, number> => {
  const [vCpus, memories] = [sizes.map(({ vCpu }) => vCpu), sizes.map(({ memoryGiB }) => memoryGiB)]
  return {
    minVCpu: Math.max(2, Math.min(...vCpus)),
    maxVCpu: Math.max(2, ...vCpus),
    minMemoryGiB: Math.max(4, Math.min(...memories)),
    maxMemoryGiB: Math.max(...memories),
  }
}

/** Sizes are named only where the template's would not do: GPUs, ARM, or filters that refuse what the nodes are. */
const sizesFor = (signatures: readonly Signature[], template: MatchGroup | null): VngDraft['vmSizes'] => {
  const names = distinct(signatures.map(({ vmSize }) => vmSize))
  const known = names.flatMap((name) => dimensionsOf(name) ?? [])
  const hasGpu = signatures.some((signature) => (gpusOf(signature) ?? 0) > 0)
  const isArm = signatures.some(({ architecture }) => architecture === 'arm64')
  const isRefused = hasTrouble(signatures, template, ['size', 'gpu', 'architecture'])
  if (names.length === 0 || !(hasGpu || isArm || isRefused)) return undefined
  const filters = {
    ...(isRefused && known.length === names.length ? rangeOver(known) : {}),
    ...(hasGpu ? { minGpu: 1 } : {}),
    ...(isArm ? { architectures: ['ARM64'] } : {}),
  }
  return { preferredVmSizes: names.sort(), ...(Object.keys(filters).length === 0 ? {} : { filters }) }
}

const zonesFor = (signatures: readonly Signature[], template: MatchGroup | null): string[] | undefined => {
  const zones = distinct(signatures.map(({ zone }) => zone)).sort()
  const isServed = template?.zones != null && zones.every((zone) => template.zones?.includes(zone))
  return zones.length === 0 || isServed ? undefined : zones
}

const osFor = (signatures: readonly Signature[], template: MatchGroup | null): VngDraft['nodePoolProperties'] => {
  const os = signatures[0]?.os
  if ((os !== 'linux' && os !== 'windows') || os === (template?.os ?? 'linux')) return undefined
  return { osType: os === 'linux' ? 'Linux' : 'Windows' }
}

const given = <Value extends object>(value: Value): Value => Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Value

/** A group that takes all these nodes, whose taints are equal, with zones, system and sizes from the nodes where the template's would not do. */
export const draftFor = (signatures: readonly Signature[], labels: LabelSet, template: MatchGroup | null, taken: ReadonlySet<string>): VngDraft => {
  const taints = [...(signatures[0]?.shape.taints ?? [])]
  return given({
    name: nameFrom(labels, taints, taken),
    labels: { ...labels },
    taints,
    availabilityZones: zonesFor(signatures, template),
    nodePoolProperties: osFor(signatures, template),
    vmSizes: sizesFor(signatures, template),
  }) as VngDraft
}
