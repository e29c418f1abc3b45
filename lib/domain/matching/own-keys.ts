import type { SpotNode } from '@/lib/spot/schemas/node'
import { parseTaint } from './taints'

/**
 * Domains whose keys the system sets. A virtual node group may carry neither the built-in labels of AKS and
 * Kubernetes (Spot API, Create Virtual Node Group, `labels`, names 22 of them, all under the first two) nor
 * the system's taints (Spot's Terraform provider, `spotinst_ocean_aks_np_virtual_node_group`, `taints`:
 * `kubernetes.azure.com/scalesetpriority`, conditions under `node.kubernetes.io` and
 * `node.cloudprovider.kubernetes.io`). That Spot leaves every other key of these domains aside as well when it
 * matches is not documented, only likely.
 */
const systemDomain = /^([^/]*\.)?(azure\.com|kubernetes\.io|k8s\.io|spotinst\.io|spot\.io)\//

/** The names of AKS for its own labels before they had a domain, which nodes still carry (AKS, Use labels in a cluster). */
const plainSystemLabels = new Set(['agentpool', 'storageprofile', 'storagetier', 'accelerator'])

/** AKS keeps system pools for critical add-ons with this taint (AKS, Use system node pools). */
const systemPoolTaint = 'CriticalAddonsOnly'

export const poolMode = 'kubernetes.azure.com/mode'
export const zoneLabel = 'topology.kubernetes.io/zone'
export const spotKey = 'kubernetes.azure.com/scalesetpriority'

/** True for keys of labels that the system sets, and that matching leaves aside. */
export const isSystemKey = (key: string): boolean => systemDomain.test(key) || plainSystemLabels.has(key)

/** True for keys of taints that matching leaves aside. */
export const isSystemTaint = (key: string): boolean => key === systemPoolTaint || systemDomain.test(key)

/** The labels that a virtual node group may carry. */
export const ownLabelsOf = (labels: Readonly<Record<string, string>>): Record<string, string> => {
  const own: Record<string, string> = {}
  for (const key in labels) if (!isSystemKey(key)) own[key] = labels[key] as string
  return own
}

/** The taints that a virtual node group may carry, as the node spells them. */
export const ownTaints = (taints: readonly string[]): string[] => taints.filter((taint) => !isSystemTaint(parseTaint(taint).key))

/** Pools of system mode are never managed by Ocean (Ocean AKS, Migrate workloads); their mark is the mode or the taint. */
export const isOfSystemPool = ({ labels, taints }: Pick<SpotNode, 'labels' | 'taints'>): boolean =>
  labels[poolMode] === 'system' || taints.some((taint) => taint.startsWith(systemPoolTaint) && parseTaint(taint).key === systemPoolTaint)

/** Azure's missing zone, in Spot's word for it (Spot API, Virtual Node Group, `availabilityZones`). */
export const noZone = '0'

/** The number of a zone, `1` of `westeurope-1`; `noZone` where that is `0` or empty. */
export const zoneKey = (zone: string): string => zone.slice(zone.lastIndexOf('-') + 1) || noZone

/** The number of a zone; null where Azure has none. */
export const zoneNumber = (zone: string): string | null => {
  const number = zoneKey(zone)
  return number === noZone ? null : number
}

/** Keys of the zones that nodes are made in: the group's own, the template's where it names none; null where neither does. */
export const zonesOf = (own: readonly string[] | null, inherited: readonly string[] | null | undefined): string[] | null => {
  const zones = own?.length ? own : (inherited ?? [])
  return zones.length === 0 ? null : [...new Set(zones.map(zoneKey))]
}

/** Zones as they are read in a sentence, none last. */
export const zoneNames = (zones: readonly string[]): string[] => [...zones.filter((zone) => zone !== noZone), ...(zones.includes(noZone) ? ['no zone'] : [])]
