import { mayRunOn } from './constraints'
import type { Lifecycle, Workload } from './types'
import { vmSizes } from './vm-sizes'

const zoneKey = 'topology.kubernetes.io/zone'
const sizeKey = 'node.kubernetes.io/instance-type'
const lifecycleKey = 'spotinst.io/node-lifecycle'
const placeKeys = new Set([zoneKey, sizeKey, lifecycleKey])

/** What a group's nodes need not share: each group has several zones, sizes and both lifecycles. */
export type NodePlace = { zone: string; vmSize: string; lifecycle: Lifecycle }

const names = ({ nodeSelector, requiredAffinity }: Workload, isMeant: (key: string) => boolean): boolean =>
  Object.keys(nodeSelector).some(isMeant) || requiredAffinity.some(({ key }) => isMeant(key))

/** Whether the workload cares where in a group its node is. */
export const namesPlace = (workload: Workload): boolean => names(workload, (key) => placeKeys.has(key))

/** Pods may ask for on-demand by the label; that they may ask for spot is not supported (Ocean AKS, Spot nodes). */
const placeLabels = ({ zone, vmSize, lifecycle }: NodePlace): Record<string, string> => ({
  [zoneKey]: zone,
  [sizeKey]: vmSize,
  ...(lifecycle === 'OnDemand' ? { [lifecycleKey]: 'od' } : {}),
})

type Group = Parameters<typeof mayRunOn>[1]

/** The places among these zones and sizes at which nodes of the group take the workload, spot before on-demand. */
export const placesFor = (workload: Workload, { labels, taints }: Group, zones: readonly string[], sizes: readonly string[] = []): NodePlace[] => {
  const known = sizes.length > 0 ? sizes : [...vmSizes.values()].map(({ name }) => name)
  const takes = (place: NodePlace) => mayRunOn(workload, { labels: { ...labels, ...placeLabels(place) }, taints })
  const isAnySize = !names(workload, (key) => key === sizeKey)
  const placesAt = (zone: string, lifecycle: Lifecycle): NodePlace[] => {
    const all = known.map((vmSize) => ({ zone, vmSize, lifecycle }))
    // There may be a hundred sizes: they are asked one by one only where the workload cares.
    return isAnySize ? (all[0] !== undefined && takes(all[0]) ? all : []) : all.filter(takes)
  }
  return (['Spot', 'OnDemand'] as const).flatMap((lifecycle) => zones.flatMap((zone) => placesAt(zone, lifecycle)))
}
