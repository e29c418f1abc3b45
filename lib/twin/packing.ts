import type { Engine } from './engine-context'
import { chooseGroup, groupTakes, placesIn, zonesOf } from './groups'
import type { NodeWish } from './launch'
import type { NodePlace } from './places'
import type { Pod, Resources, TwinNode, TwinVng, Workload } from './types'
import { sizeIn, vmSizes, type VmSize } from './vm-sizes'

/** New nodes are filled to nine tenths in the plan, so that what does not fit snugly still finds room. */
const fillShare = 0.9
/** How many half-filled nodes of a kind are looked at before another is opened. */
const openWindow = 6

type Bin = { wish: NodeWish; free: Resources; slots: number }

/** A pod that is to find a place on new nodes, with the old node it comes from where there is one. */
export type Demand = { pod: Pod; workload: Workload; group: TwinVng; old: TwinNode | null }

const fitsIn = (free: Resources, need: Resources) =>
  need.milliCpu <= free.milliCpu && need.memoryMiB <= free.memoryMiB && need.gpu <= free.gpu

const take = (bin: Bin, need: Resources): void => {
  bin.free.milliCpu -= need.milliCpu
  bin.free.memoryMiB -= need.memoryMiB
  bin.free.gpu -= need.gpu
  bin.slots -= 1
}

const roomOf = (allocatable: Resources, daemons: Workload[]): Resources => {
  const room = { milliCpu: allocatable.milliCpu * fillShare, memoryMiB: allocatable.memoryMiB * fillShare, gpu: allocatable.gpu }
  for (const { requests } of daemons) {
    room.milliCpu -= requests.milliCpu
    room.memoryMiB -= requests.memoryMiB
  }
  return room
}

type Size = { vmSize: string; allocatable: Resources }

const asSize = ({ name, allocatable }: VmSize): Size => ({ vmSize: name, allocatable })

/** The group's sizes in order; without a known one the old node's own size, and without that any. */
const sizesFor = ({ state }: Engine, vng: TwinVng, old: TwinNode | null): Size[] => {
  const preferred = vng.vmSizes.flatMap((name) => sizeIn(state.cluster, name) ?? []).map(asSize)
  if (preferred.length > 0) return preferred
  return old === null ? [...vmSizes.values()].map(asSize) : [{ vmSize: old.vmSize, allocatable: old.allocatable }]
}

const sizeFor = (engine: Engine, { group, old, workload }: Demand, places: NodePlace[] | null): Size | null => {
  const isAllowed = ({ vmSize }: Size) => places === null || places.some((place) => place.vmSize === vmSize)
  const usual = sizesFor(engine, group, old).filter(isAllowed)
  const sizes = usual.length > 0 ? usual : sizesFor(engine, group, null).filter(isAllowed)
  return sizes.find(({ allocatable }) => fitsIn(roomOf(allocatable, engine.daemons), workload.requests)) ?? null
}

/**
 * Spot by the group's share, for pods that tolerate it. Where the spot market is short the node is on-demand with
 * fallback, and there is none without it.
 */
export const pickLifecycle = ({ random, switches }: Engine, vng: TwinVng, toleratesSpot: boolean): Pick<NodeWish, 'lifecycle' | 'hasNoSpot'> => {
  const isSpot = random() * 100 < vng.spotPercentage && toleratesSpot
  const isShort = random() * 100 < switches.spotShortagePercentage
  if (!isSpot || (isShort && vng.fallbackToOd)) return { lifecycle: 'OnDemand', hasNoSpot: false }
  return { lifecycle: 'Spot', hasNoSpot: isShort }
}

/** The group that takes the pod: that of its node's match if the pod may run there, else the one Ocean chooses. */
export const groupForPod = (engine: Engine, match: TwinVng | null, workload: Workload, volumeZone: string | null): TwinVng | null =>
  match !== null && groupTakes(engine.state, match, workload, volumeZone) ? match : chooseGroup(engine.state, workload, volumeZone)

/** Packs pods onto as few new nodes as their constraints allow, first come, first placed. */
export const createPacker = (engine: Engine, runId: string | null) => {
  const open = new Map<string, Bin[]>()
  const wishes: NodeWish[] = []
  let turn = 0

  const openBin = ({ pod, workload, group }: Demand, places: NodePlace[] | null, size: Size, isCursed: boolean): Bin => {
    const here = places?.filter(({ vmSize }) => vmSize === size.vmSize)
    const allowed = zonesOf(engine.state, group).filter((zone) => here?.some((place) => place.zone === zone) ?? true)
    const zones = allowed.filter((zone) => !engine.switches.zonesWithoutCapacity.includes(zone))
    const zone = pod.volumeZone ?? zones[(turn += 1) % Math.max(1, zones.length)] ?? allowed[0] ?? '0'
    const maySpot = here?.some(({ lifecycle }) => lifecycle === 'Spot') ?? true
    const market = pickLifecycle(engine, group, workload.toleratesSpot && maySpot)
    const wish: NodeWish = { vng: group, ...size, ...market, zone, runId, oldNodes: new Set(), isCursed }
    wishes.push(wish)
    return { wish, free: roomOf(size.allocatable, engine.daemons), slots: group.maxPodsPerNode - engine.daemons.length }
  }

  /** False when no size of the group holds the pod. */
  const add = (demand: Demand, isCursed: boolean): boolean => {
    const { pod, workload, group, old } = demand
    const curse = isCursed ? (old?.name ?? '') : ''
    const places = placesIn(engine.state, group, workload, pod.volumeZone)
    const key = `${group.id} ${workload.toleratesSpot} ${pod.volumeZone ?? ''} ${curse} ${places === null ? '' : workload.id}`
    const bins = open.get(key) ?? []
    open.set(key, bins)
    let bin = bins.find(({ free, slots }) => slots > 0 && fitsIn(free, workload.requests))
    if (bin === undefined) {
      const size = sizeFor(engine, demand, places)
      if (size === null) return false
      bin = openBin(demand, places, size, isCursed)
      bins.push(bin)
      if (bins.length > openWindow) bins.shift()
    }
    take(bin, workload.requests)
    if (old !== null) bin.wish.oldNodes.add(old.name)
    return true
  }

  return { add, wishes }
}
