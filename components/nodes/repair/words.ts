import type { VngDraft } from '@/lib/domain/matching/draft'
import type { Repair, RepairPlan, Unrepairable } from '@/lib/domain/matching/repair'
import { taintText } from '@/lib/domain/matching/taints'
import { shortVmSize } from '@/lib/format/azure'
import { counted, listed, plural } from '@/lib/format/plural'
import type { RepairScope } from './scope'

export const scopeWords: Record<RepairScope, string> = { chosen: 'Chosen nodes', listed: 'Listed nodes', cluster: 'Whole cluster' }

export const labelTexts = (labels: Readonly<Record<string, string>>): string[] => Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`))

const limitNames: Record<string, string> = { minVCpu: 'vCPU, at least', maxVCpu: 'vCPU, at most', minMemoryGiB: 'GiB, at least', maxMemoryGiB: 'GiB, at most', minGpu: 'GPU, at least', architectures: 'architecture' }

const sizeLimits = (filters: NonNullable<NonNullable<VngDraft['vmSizes']>['filters']>): string[] =>
  Object.entries(filters).map(([name, value]) => `${limitNames[name] ?? name} ${Array.isArray(value) ? value.join(', ') : value}`)

/** What the new group would be, in the order of the form. */
export const draftFacts = ({ labels, taints, availabilityZones, nodePoolProperties, vmSizes }: VngDraft): { name: string; texts: string[] }[] =>
  [
    { name: 'Labels', texts: labelTexts(labels) },
    { name: 'Taints', texts: taints.map(taintText) },
    { name: 'Zones', texts: availabilityZones ?? [] },
    { name: 'System', texts: nodePoolProperties ? [nodePoolProperties.osType] : [] },
    { name: 'Sizes', texts: sizeLimits(vmSizes?.filters ?? {}) },
    { name: 'Preferred sizes', texts: vmSizes?.preferredVmSizes.map(shortVmSize) ?? [] },
  ].filter(({ texts }) => texts.length > 0)

/** How many nodes of which pools a change gives a group to. */
export const coverText = (nodeNames: readonly string[], poolOf: ReadonlyMap<string, string>): string => {
  const counts = new Map<string, number>()
  for (const name of nodeNames) counts.set(poolOf.get(name) ?? 'other pools', (counts.get(poolOf.get(name) ?? 'other pools') ?? 0) + 1)
  return listed([...counts].map(([pool, count], index) => (index === 0 ? `${counted(count, 'node')} of ${pool}` : `${count} of ${pool}`)))
}

export const coveredNames = ({ covered }: Repair): string[] => covered.flatMap(({ nodeNames }) => nodeNames)

/** What the whole plan comes to. */
export const planSentence = ({ repairs, atLeast }: RepairPlan): string => {
  const nodes = repairs.flatMap(coveredNames).length
  const created = repairs.filter(({ change }) => change.kind === 'new').length
  const parts = [created > 0 ? counted(created, 'new group') : null, repairs.length > created ? counted(repairs.length - created, 'edited group') : null]
  const sentence = `${listed(parts.flatMap((part) => part ?? []))} ${plural(repairs.length, 'gives', 'give')} ${counted(nodes, 'node')} a match.`
  if (repairs.length === 1) return sentence
  return repairs.length <= atLeast ? `${sentence} No smaller set does: nodes with other taints, another system or architecture, and nodes with GPUs are kept apart, because a group offers its sizes to all its pods.` : `${sentence} At least ${atLeast} are needed; whether so few do is not known.`
}

type Reason = Unrepairable['reason']

export const unrepairableWords: Record<Reason, (nodes: number) => string> = {
  'system-pool': (nodes) => `${counted(nodes, 'node')} of system pools. Spot does not manage system pools: they stay where they are.`,
  'taint-not-allowed': (nodes) => `${counted(nodes, 'node')} with a taint whose effect no group may carry. Change the taint of the node pool.`,
  'template-taints': (nodes) => `${counted(nodes, 'node')} without taints, while the template has some: a group without taints of its own inherits them. Remove them from the template in the Spot console.`,
}
