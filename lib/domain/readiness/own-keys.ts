const systemKeys = /(^|\.)(kubernetes\.io|k8s\.io|azure\.com|spotinst\.io)\//
const plainSystemKeys = new Set(['agentpool', 'storageprofile', 'storagetier'])
const systemPoolTaint = 'CriticalAddonsOnly'

/** True for keys that a virtual node group may not carry (Spot API, Virtual Node Group, labels) and their kin. */
export const isSystemKey = (key: string): boolean => systemKeys.test(key) || plainSystemKeys.has(key)

/** Labels that a virtual node group may carry: the system's own are left aside. */
export const ownLabels = (labels: Record<string, string>): string[] =>
  Object.entries(labels).flatMap(([key, value]) => (isSystemKey(key) ? [] : [`${key}=${value}`]))

export const ownTaints = (taints: readonly string[]): string[] => taints.filter((taint) => !systemKeys.test(taint) && !taint.startsWith(systemPoolTaint))

/** One spelling for a taint: nodes say `key=value:NO_SCHEDULE`, groups and Kubernetes `NoSchedule`. */
export const plainTaint = (taint: string): string => {
  const at = taint.lastIndexOf(':')
  const effect = taint.slice(at + 1).toLowerCase().replace(/_/g, '')
  return `${taint.slice(0, at).replace(/=$/, '')}:${effect}`
}

export const taintText = ({ key, value, effect }: { key: string; value: string; effect: string }): string => `${key}${value === '' ? '' : `=${value}`}:${effect}`

export const poolMode = 'kubernetes.azure.com/mode'
export const zoneLabel = 'topology.kubernetes.io/zone'
export const spotKey = 'kubernetes.azure.com/scalesetpriority'

/** The number of a zone, `1` of `westeurope-1`; null where Azure has none (`0` or empty). */
export const zoneNumber = (zone: string): string | null => {
  const number = zone.slice(zone.lastIndexOf('-') + 1)
  return number === '' || number === '0' ? null : number
}
