import type { MatchGroup } from './group'
import { zoneNames } from './own-keys'
import type { Signature } from './signature'
import { dimensionsOf, isOfSeries } from './vm-sizes'

/**
 * What does not decide the match and still decides whether the group can give a node like this one.
 * `unknown`: the API did not say, or the table of sizes does not know.
 */
export type Condition = {
  about: 'zone' | 'os' | 'architecture' | 'size' | 'gpu' | 'kubernetes-version' | 'max-count'
  state: 'fits' | 'does-not-fit' | 'unknown'
  /** What the node has and what the group offers, as short texts; null where nothing is known or set. */
  node: string | null
  group: string | null
}

type State = Condition['state']

const stateOf = (fits: boolean | null): State => (fits === null ? 'unknown' : fits ? 'fits' : 'does-not-fit')

const condition = (about: Condition['about'], fits: boolean | null, node: string | number | null, group: string | number | null): Condition => ({
  about,
  state: stateOf(fits),
  node: node === null ? null : String(node),
  group: group === null ? null : String(group),
})

const zone = ({ zone: own }: Signature, { zones }: MatchGroup) =>
  condition('zone', own === null || zones === null ? null : zones.includes(own), own, zones === null ? null : zoneNames(zones).join(', '))

const os = ({ os: own }: Signature, group: MatchGroup) => condition('os', own === null || group.os === null ? null : own === group.os, own, group.os)

/** Kubernetes' `amd64` and the vendor's `X86_64`, `INTEL64` and `AMD64` are one instruction set. */
export const isArm = (architecture: string) => /^(arm64|aarch64)$/i.test(architecture)

const architecture = (signature: Signature, { filters }: MatchGroup) => {
  const own = signature.architecture
  const allowed = filters?.architectures ?? []
  const fits = allowed.length === 0 ? true : own === null ? null : allowed.some((name) => isArm(name) === isArm(own))
  return condition('architecture', fits, own, allowed.length === 0 ? null : allowed.join(', '))
}

type Filters = NonNullable<MatchGroup['filters']>

const within = (value: number, low: number | null, high: number | null) => value >= (low ?? -Infinity) && value <= (high ?? Infinity)

const rangeText = (unit: string, low: number | null, high: number | null): string[] => {
  if (low === null && high === null) return []
  if (low === null) return [`at most ${high} ${unit}`]
  return [high === null ? `at least ${low} ${unit}` : `${low} to ${high} ${unit}`]
}

const isEmpty = (names: readonly string[] | null) => names === null || names.length === 0

const filterText = (filters: Filters): string =>
  [
    ...rangeText('vCPU', filters.minVCpu, filters.maxVCpu),
    ...rangeText('GiB', filters.minMemoryGiB, filters.maxMemoryGiB),
    ...rangeText('GPU', filters.minGpu, filters.maxGpu),
    ...(isEmpty(filters.series) ? [] : [`series ${filters.series?.join(', ')}`]),
    ...(isEmpty(filters.excludeSeries) ? [] : [`no series ${filters.excludeSeries?.join(', ')}`]),
  ].join('; ')

/** False as soon as one filter refuses; true only when each is known to let the size through. */
const passes = (vmSize: string, filters: Filters): boolean | null => {
  const size = dimensionsOf(vmSize)
  const listed = isEmpty(filters.series) ? true : isOfSeries(vmSize, filters.series ?? [])
  const excluded = isEmpty(filters.excludeSeries) ? false : isOfSeries(vmSize, filters.excludeSeries ?? [])
  const { minVCpu, maxVCpu, minMemoryGiB, maxMemoryGiB, minGpu, maxGpu } = filters
  const measured = size === null ? null : within(size.vCpu, minVCpu, maxVCpu) && within(size.memoryGiB, minMemoryGiB, maxMemoryGiB) && within(size.gpu, minGpu, maxGpu)
  const answers = [listed, excluded === null ? null : !excluded, measured]
  if (answers.includes(false)) return false
  return answers.includes(null) ? null : true
}

const size = ({ vmSize }: Signature, { filters }: MatchGroup) => {
  const text = filters === null ? '' : filterText(filters)
  if (filters === null || text === '') return condition('size', true, vmSize, null)
  return condition('size', vmSize === null ? null : passes(vmSize, filters), vmSize, text)
}

/** How many GPUs a node has: the number the API gives, else that of the table. */
export const gpusOf = ({ gpu, vmSize }: Signature): number | null => gpu ?? (vmSize === null ? null : (dimensionsOf(vmSize)?.gpu ?? null))

const gpu = (signature: Signature, { filters }: MatchGroup) => {
  const own = gpusOf(signature)
  const most = filters?.maxGpu ?? null
  return condition('gpu', own === 0 || most === null ? true : own === null ? null : own <= most, own, most === null ? null : `at most ${most}`)
}

const minorOf = (version: string): string | null => /^v?(\d+\.\d+)/.exec(version)?.[1] ?? null

const version = ({ kubernetesVersion: own }: Signature, { kubernetesVersion: theirs }: MatchGroup) => {
  const minors = { own: own === null ? null : minorOf(own), theirs: theirs === null ? null : minorOf(theirs) }
  return condition('kubernetes-version', minors.own === null || minors.theirs === null ? null : minors.own === minors.theirs, own, theirs)
}

const room = (group: MatchGroup, nodesNow: number | null) =>
  condition('max-count', group.maxCount === null || nodesNow === null ? null : nodesNow < group.maxCount, nodesNow, group.maxCount)

/** All conditions of one group for one kind of node. `nodesNow`: nodes the group has, null where that is not known. */
export const conditionsOf = (signature: Signature, group: MatchGroup, nodesNow: number | null): Condition[] => [
  zone(signature, group),
  os(signature, group),
  architecture(signature, group),
  size(signature, group),
  gpu(signature, group),
  version(signature, group),
  room(group, nodesNow),
]
