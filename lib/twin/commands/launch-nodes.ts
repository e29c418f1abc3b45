import type { Engine } from '../engine-context'
import { groupById, templateGroup, zonesOf } from '../groups'
import { requestNode } from '../launch'
import { pickLifecycle } from '../packing'
import type { LaunchNodesInput, LaunchedNodes, Outcome, TwinVng } from '../types'
import { vmSizeOf, type VmSize } from '../vm-sizes'
import { invalid, listed } from './refuse'

const defaultVmSize = 'Standard_D4s_v5'

type Place = { vng: TwinVng; size: VmSize; zones: string[]; isFull: boolean }

const groupsOf = ({ state }: Engine, vngIds: string[] | null): Outcome<TwinVng[]> => {
  if (vngIds === null || vngIds.length === 0) return { ok: true, value: state.vngs.size > 0 ? [...state.vngs.values()] : [templateGroup(state)] }
  const unknown = vngIds.filter((id) => groupById(state, id) === null)
  if (unknown.length > 0) return invalid('vngIds', `Virtual node groups do not exist: ${listed(unknown)}`)
  return { ok: true, value: [...new Set(vngIds)].flatMap((id) => groupById(state, id) ?? []) }
}

const known = (names: string[]): VmSize[] => names.flatMap((name) => vmSizeOf(name) ?? [])

/** The first of the group's own sizes that is wanted, else the first that is wanted; without a wish the group's first. */
const sizeFor = ({ vmSizes }: TwinVng, wanted: string[]): VmSize | undefined => {
  const own = known(vmSizes)
  if (wanted.length === 0) return own[0] ?? vmSizeOf(defaultVmSize)
  const wished = known(wanted)
  return own.find((size) => wished.includes(size)) ?? wished[0]
}

const placeIn = ({ state, switches }: Engine, vng: TwinVng, { vmSizes, zones }: LaunchNodesInput): Place[] => {
  const size = sizeFor(vng, vmSizes)
  const allowed = zonesOf(state, zones === null ? vng : { ...vng, availabilityZones: zones })
  const open = allowed.filter((zone) => !switches.zonesWithoutCapacity.includes(zone))
  return size === undefined ? [] : [{ vng, size, zones: open.length > 0 ? open : allowed, isFull: false }]
}

/**
 * Launches nodes on demand of a person, in turn over the groups and their zones (Spot API, Launch New Nodes).
 * A group that the limits or the cloud have refused once is not asked again; `nodesLeft` is what found no place.
 */
export const launchNodes = (engine: Engine, input: LaunchNodesInput): Outcome<{ launched: LaunchedNodes[]; nodesLeft: number }> => {
  const groups = groupsOf(engine, input.vngIds)
  if (!groups.ok) return groups
  const places = groups.value.flatMap((vng) => placeIn(engine, vng, input))
  if (places.length === 0) return invalid('applicableVmSizes', 'No applicable VM size is known.')
  const rows = new Map<string, LaunchedNodes>()
  let nodesLeft = input.count
  for (let round = 0; nodesLeft > 0 && places.some(({ isFull }) => !isFull); round += 1)
    for (const place of places) {
      if (place.isFull || nodesLeft === 0) continue
      place.isFull = !launchOne(engine, input, place, round, rows)
      if (!place.isFull) nodesLeft -= 1
    }
  return { ok: true, value: { launched: [...rows.values()], nodesLeft } }
}

/** False when the limits or the cloud refuse the node. */
const launchOne = (engine: Engine, { preferredLifecycle }: LaunchNodesInput, { vng, size, zones }: Place, round: number, rows: Map<string, LaunchedNodes>): boolean => {
  const zone = zones[round % zones.length] ?? '0'
  const market = preferredLifecycle === null ? pickLifecycle(engine, vng, true) : { lifecycle: preferredLifecycle, hasNoSpot: false }
  const { lifecycle } = market
  const wish = { vng, vmSize: size.name, allocatable: size.allocatable, ...market, zone, runId: null, oldNodes: new Set<string>(), isCursed: false }
  const { poolName, failure } = requestNode(engine, wish)
  if (failure !== null) return false
  const row = rows.get(poolName) ?? { vngId: vng.id, poolName, vmSize: size.name, zones: [], lifecycle, count: 0 }
  rows.set(poolName, { ...row, zones: [...new Set([...row.zones, zone])], count: row.count + 1 })
  return true
}
