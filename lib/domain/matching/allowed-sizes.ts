import type { VngSpec } from '@/lib/spot/schemas/vng'
import { isArm } from './conditions'
import { isKnownSeries, isOfSeries, knownSizes, type KnownSize } from './vm-sizes'

type SizeFilters = NonNullable<NonNullable<VngSpec['vmSizes']>['filters']>

export type AllowedSizes = {
  /** Sizes of the table that the filters let through, the preferred ones first. */
  sizes: readonly KnownSize[]
  /** No size outside the table can pass: the filters name series, and the table has all of them. */
  isComplete: boolean
  /** What no size exceeds by the filters' own numbers; null where they set no limit. */
  most: { vCpu: number | null; memoryGiB: number | null; gpu: number | null }
  /** What every size has at least. */
  least: { vCpu: number; memoryGiB: number; gpu: number }
}

export type SizeNeed = { milliCpu: number; memoryMiB: number; gpu: number }

const within = (value: number, low: number | null, high: number | null) => value >= (low ?? -Infinity) && value <= (high ?? Infinity)

const passes = (size: KnownSize, { minVCpu, maxVCpu, minMemoryGiB, maxMemoryGiB, minGpu, maxGpu, architectures, series, excludeSeries }: SizeFilters): boolean =>
  within(size.vCpu, minVCpu, maxVCpu) &&
  within(size.memoryGiB, minMemoryGiB, maxMemoryGiB) &&
  within(size.gpu, minGpu, maxGpu) &&
  (!architectures?.length || architectures.some((name) => isArm(name) === (size.architecture === 'arm64'))) &&
  (!series?.length || isOfSeries(size.name, series) === true) &&
  (!excludeSeries?.length || isOfSeries(size.name, excludeSeries) !== true)

const preferredFirst = (sizes: readonly KnownSize[], preferred: readonly string[]): KnownSize[] => {
  const names = new Set(preferred.map((name) => name.toLowerCase()))
  return [...sizes].sort((a, b) => Number(names.has(b.name)) - Number(names.has(a.name)))
}

/** The API takes no lower bounds than these (Spot API, Virtual Node Group, `vmSizes.filters`). */
const smallest = { vCpu: 2, memoryGiB: 4, gpu: 0 }

/**
 * The sizes that a group may launch, as far as the table of sizes knows (Spot API, Virtual Node Group,
 * `vmSizes`). Preferred sizes are a preference and shut none out. Filters that are not read here (`vmTypes`,
 * `gpuTypes`, `minDisk` and the like) can only make the list shorter: what does not fit stays certain.
 */
export const allowedSizes = (filters: SizeFilters | null | undefined, preferred: readonly string[] = []): AllowedSizes => {
  if (filters == null) return { sizes: preferredFirst(knownSizes, preferred), isComplete: false, most: { vCpu: null, memoryGiB: null, gpu: null }, least: smallest }
  const series = filters.series ?? []
  return {
    sizes: preferredFirst(knownSizes.filter((size) => passes(size, filters)), preferred),
    isComplete: series.length > 0 && series.every(isKnownSeries),
    most: { vCpu: filters.maxVCpu, memoryGiB: filters.maxMemoryGiB, gpu: filters.maxGpu },
    least: { vCpu: filters.minVCpu ?? smallest.vCpu, memoryGiB: filters.minMemoryGiB ?? smallest.memoryGiB, gpu: filters.minGpu ?? smallest.gpu },
  }
}

/** What the kubelet keeps of a node's CPU, in thousandths, from so many vCPUs on (AKS, Node resource reservations). */
const reservedCpu = [[64, 740], [32, 420], [16, 260], [8, 180], [4, 140], [2, 100], [0, 60]] as const
/** The least that it keeps of the memory: the eviction threshold, and 20 MB for each of the ten pods that a node must at least allow, plus 50 MB. */
const reservedMemoryMiB = 100 + 238

/** The most that pods can ask for on a node of such a size: what AKS keeps for itself at the very least is left out. */
export const roomOn = ({ vCpu, memoryGiB, gpu }: Pick<KnownSize, 'vCpu' | 'memoryGiB' | 'gpu'>): SizeNeed => ({
  milliCpu: vCpu * 1000 - (reservedCpu.find(([from]) => vCpu >= from)?.[1] ?? 0),
  memoryMiB: memoryGiB * 1024 - reservedMemoryMiB,
  gpu,
})

const takes = (room: SizeNeed, need: SizeNeed): boolean => need.milliCpu <= room.milliCpu && need.memoryMiB <= room.memoryMiB && need.gpu <= room.gpu

/** Whether one pod that asks for this fits a new node of an allowed size. `unknown`: only sizes that the table does not have could do. */
export const sizeFit = (need: SizeNeed, { sizes, isComplete, most, least }: AllowedSizes): 'yes' | 'no' | 'unknown' => {
  if (takes(roomOn(least), need) || sizes.some((size) => takes(roomOn(size), need))) return 'yes'
  const isOver = !takes(roomOn({ vCpu: most.vCpu ?? Infinity, memoryGiB: most.memoryGiB ?? Infinity, gpu: most.gpu ?? Infinity }), need)
  return isComplete || isOver ? 'no' : 'unknown'
}
