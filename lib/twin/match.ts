import type { TwinNode, TwinTaint, TwinVng } from './types'

/**
 * The twin's own reading of which VNG a node falls to, kept apart from `lib/domain/matching` so that the two
 * cannot share a mistake. Rule (Spot API, Get Migration Discovery): no labels and no taints, the template;
 * else the first VNG that carries all the node's own labels and exactly its taints; else none. Which system
 * keys are left aside is not documented: those that a VNG may not carry, and those of Kubernetes, Azure
 * and Spot.
 */
const systemKey = /(^|\.)(kubernetes\.io|k8s\.io|azure\.com|spotinst\.io)\//
const plainSystemLabels = new Set(['agentpool', 'storageprofile', 'storagetier', 'accelerator'])

const ownLabels = (node: Pick<TwinNode, 'labels'>): [string, string][] =>
  Object.entries(node.labels).filter(([key]) => !systemKey.test(key) && !plainSystemLabels.has(key))

const ownTaints = (node: Pick<TwinNode, 'taints'>): TwinTaint[] => node.taints.filter(({ key }) => !systemKey.test(key) && key !== 'CriticalAddonsOnly')

const taintText = ({ key, value, effect }: TwinTaint) => `${key}=${value}:${effect}`

const carries = (vng: TwinVng, labels: [string, string][], taints: TwinTaint[]): boolean => {
  if (labels.some(([key, value]) => vng.labels[key] !== value)) return false
  const theirs = new Set(vng.taints.map(taintText))
  return theirs.size === taints.length && taints.every((taint) => theirs.has(taintText(taint)))
}

/** `Default`, the id of the first matching VNG, or null. System pools are never taken by Ocean. */
export const matchOf = (node: Pick<TwinNode, 'labels' | 'taints' | 'mode'>, vngs: Iterable<TwinVng>): string | null => {
  if (node.mode === 'system') return null
  const labels = ownLabels(node)
  const taints = ownTaints(node)
  if (labels.length === 0 && taints.length === 0) return 'Default'
  for (const vng of vngs) if (carries(vng, labels, taints)) return vng.id
  return null
}
