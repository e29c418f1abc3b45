import { holds, mayRunOn } from './constraints'
import { matchOf } from './match'
import { namesPlace, placesFor, type NodePlace } from './places'
import type { AffinityTerm, TwinNode, TwinState, TwinVng, Workload } from './types'
import { sizeIn } from './vm-sizes'

/** The id under which nodes from the cluster's template appear; how the vendor names them is not published. */
export const templateGroupId = 'vng-00000000'

/** The template as a group of its own: what `Default` lands on. */
export const templateGroup = (state: TwinState): TwinVng => ({
  ...state.cluster.template,
  id: templateGroupId,
  name: 'Default',
  createdAtMs: state.cluster.createdAtMs,
  updatedAtMs: state.cluster.updatedAtMs,
})

/** The group of an id, the template included. */
export const groupById = (state: TwinState, vngId: string): TwinVng | null =>
  vngId === templateGroupId ? templateGroup(state) : (state.vngs.get(vngId) ?? null)

/** The group an old node falls to: its own in a roll, else by its match; null where there is none. */
export const groupFor = (state: TwinState, node: TwinNode): TwinVng | null => {
  if (node.vngId !== null) return groupById(state, node.vngId)
  const match = matchOf(node, state.vngs.values())
  if (match === null) return null
  return match === 'Default' ? templateGroup(state) : (state.vngs.get(match) ?? null)
}

/** Zones of a group as nodes name them; all three of the region where the group names none. */
export const zonesOf = (state: TwinState, vng: TwinVng): string[] => {
  const numbers = vng.availabilityZones.length === 0 ? ['1', '2', '3'] : vng.availabilityZones
  return numbers.map((zone) => (zone === '0' || zone.includes('-') ? zone : `${state.cluster.region}-${zone}`))
}

/** Labels that every Linux or Windows node of the group will carry, wherever in it the node is. */
export const groupLabels = (state: TwinState, vng: TwinVng): Record<string, string> => ({
  'kubernetes.azure.com/mode': 'user',
  'kubernetes.azure.com/os-sku': vng.osType === 'Windows' ? 'Windows2022' : 'Ubuntu',
  'kubernetes.io/arch': 'amd64',
  'kubernetes.io/os': vng.osType.toLowerCase(),
  'topology.kubernetes.io/region': state.cluster.region,
  ...vng.labels,
})

/** The operating system of a node, in Kubernetes' word. */
export const osOf = ({ labels }: Pick<TwinNode, 'labels'>): 'linux' | 'windows' => (labels['kubernetes.io/os'] === 'windows' ? 'windows' : 'linux')

/** Where in the group its nodes take a workload that cares for it; null for one that does not. */
export const placesIn = (state: TwinState, vng: TwinVng, workload: Workload, volumeZone: string | null): NodePlace[] | null => {
  if (!namesPlace(workload)) return null
  const zones = zonesOf(state, vng).filter((zone) => volumeZone === null || zone === volumeZone)
  const sizes = vng.vmSizes.flatMap((name) => sizeIn(state.cluster, name)?.name ?? [])
  return placesFor(workload, { labels: groupLabels(state, vng), taints: vng.taints }, zones, sizes)
}

/** Whether the group's nodes take a workload, in the zone of its volume if it has one. */
export const groupTakes = (state: TwinState, vng: TwinVng, workload: Workload, volumeZone: string | null): boolean => {
  if (volumeZone !== null && !zonesOf(state, vng).includes(volumeZone)) return false
  const places = placesIn(state, vng, workload, volumeZone)
  return places === null ? mayRunOn(workload, { labels: groupLabels(state, vng), taints: vng.taints }) : places.length > 0
}

const preferenceOf = (terms: AffinityTerm[], labels: Record<string, string>) => terms.filter((term) => holds(term, labels)).length

/**
 * The group Ocean would choose for a pending pod (Ocean AKS, Virtual node groups): the preferred affinity,
 * else the least restrictive (most nodes, most spot, most zones, most sizes), the template last.
 */
export const chooseGroup = (state: TwinState, workload: Workload, volumeZone: string | null): TwinVng | null => {
  const rank = (vng: TwinVng): number[] => [
    preferenceOf(workload.preferredAffinity, groupLabels(state, vng)),
    vng.id === templateGroupId ? 0 : 1,
    vng.maxCount,
    vng.spotPercentage,
    vng.availabilityZones.length === 0 ? Number.MAX_SAFE_INTEGER : vng.availabilityZones.length,
    vng.vmSizes.length === 0 ? Number.MAX_SAFE_INTEGER : vng.vmSizes.length,
  ]
  const takers = [...state.vngs.values(), templateGroup(state)].filter((vng) => groupTakes(state, vng, workload, volumeZone))
  return takers.reduce<TwinVng | null>((best, vng) => (best === null || isAbove(rank(vng), rank(best)) ? vng : best), null)
}

const isAbove = (a: number[], b: number[]): boolean => {
  const index = a.findIndex((value, position) => value !== b[position])
  return index >= 0 && (a[index] as number) > (b[index] as number)
}
