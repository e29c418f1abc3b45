import type { VngTemplate } from '@/lib/contract/vngs'
import { listed } from '@/lib/format/plural'
import { shortZone } from '@/lib/format/azure'
import { ownLabelsOf, ownTaints } from '@/lib/domain/matching/own-keys'
import { parseTaint, taintText } from '@/lib/domain/matching/taints'
import { isEmptyList, isObject, isSame, type VngDraft } from './vng-document'
import type { ClusterNode } from './vng-radius'

/** What a new group starts with, and what a person should know of how it was made. */
export type VngStart = { draft: VngDraft; notes: string[] }

/** The taints that somebody gave a node; those of spot nodes and of a node's condition are left out. */
const givenTaints = ({ taints }: ClusterNode) => ownTaints(taints).map(parseTaint)

const distinct = (texts: readonly (string | null)[]): string[] => [...new Set(texts.flatMap((text) => text ?? []))].sort()

const mergedLabels = (nodes: readonly ClusterNode[]): { labels: Record<string, string>; differing: string[] } => {
  const labels: Record<string, string> = {}
  const differing = new Set<string>()
  for (const node of nodes)
    for (const [key, value] of Object.entries(ownLabelsOf(node.labels))) {
      if (labels[key] !== undefined && labels[key] !== value) differing.add(key)
      labels[key] ??= value
    }
  return { labels, differing: [...differing] }
}

const notesFor = (nodes: readonly ClusterNode[], differing: readonly string[], taintSets: number): string[] => [
  ...(differing.length > 0 ? [`The ${nodes.length} nodes carry different values of ${listed(differing)}. One group has one value: the others need a group of their own.`] : []),
  ...(taintSets > 1 ? ['The nodes carry different taints. A group takes only nodes with exactly its taints: those of the first node are filled in.'] : []),
]

/** A new group without labels or taints of its own leaves them to the template, so that nothing is sent of which Spot does not say what it means. */
export const withoutEmptyLists = (draft: VngDraft): VngDraft =>
  Object.fromEntries(Object.entries(draft).filter(([key, value]) => !(['labels', 'taints'].includes(key) && isEmptyList(value))))

const shapeOf = (node: ClusterNode): string => JSON.stringify([Object.entries(ownLabelsOf(node.labels)).sort(), givenTaints(node).map(taintText).sort()])

/** These nodes, and all others of the cluster that the group would match as well: its zones and sizes have to do for them, too. */
const withAlike = (nodes: readonly ClusterNode[], all: readonly ClusterNode[]): readonly ClusterNode[] => {
  const shapes = new Set(nodes.map(shapeOf))
  return [...nodes, ...all.filter((node) => node.virtualNodeGroupId === null && shapes.has(shapeOf(node)))]
}

/**
 * A group that would take these nodes: all their labels, their taints, and the zones and sizes of all nodes that
 * it matches then. The rest comes from the template.
 */
export const startFromNodes = (nodes: readonly ClusterNode[], all: readonly ClusterNode[] = nodes): VngStart => {
  const { labels, differing } = mergedLabels(nodes)
  const taintSets = new Map(nodes.map((node) => [givenTaints(node).map(taintText).sort().join(' '), givenTaints(node)]))
  const [taints = []] = taintSets.values()
  const alike = withAlike(nodes, all)
  const zones = distinct(alike.map(({ availabilityZone }) => availabilityZone)).map(shortZone)
  const sizes = distinct(alike.map(({ vmSize }) => vmSize))
  const isWindows = nodes.some(({ operatingSystem }) => operatingSystem?.toLowerCase() === 'windows')
  return {
    notes: notesFor(nodes, differing, taintSets.size),
    draft: {
      name: distinct(nodes.map(({ nodePoolName }) => nodePoolName))[0] ?? '',
      ...withoutEmptyLists({ labels, taints }),
      ...(zones.length > 0 ? { availabilityZones: [...new Set(zones)] } : {}),
      ...(sizes.length > 0 ? { vmSizes: { preferredVmSizes: sizes } } : {}),
      ...(isWindows ? { nodePoolProperties: { osType: 'Windows' } } : {}),
    },
  }
}

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Labels and taints that the group must carry to match, and the zone that its pods would lose. */
const lackingFor = (group: VngDraft, template: VngTemplate | null, needed: VngDraft): VngDraft => {
  const own = withoutEmptyLists(group)
  const labels = isObject(own.labels) ? own.labels : (template?.labels ?? {})
  const taints = Array.isArray(own.taints) ? own.taints.map((taint) => taintText(taint)) : (template?.taints ?? []).map(taintText)
  const zones = textsOf(group.availabilityZones ?? template?.availabilityZones).map(shortZone)
  const withLabels = { ...labels, ...(isObject(needed.labels) ? needed.labels : {}) }
  const wanted = Array.isArray(needed.taints) ? needed.taints : []
  // No list of its own makes a group bare of what the template has.
  const isOutOfReach = wanted.length === 0 && (template?.taints ?? []).length > 0
  const missingZones = textsOf(needed.availabilityZones).filter((zone) => !zones.includes(zone))
  return {
    ...(isSame(labels, withLabels) ? {} : { labels: withLabels }),
    ...(isOutOfReach || isSame(taints.sort(), wanted.map(taintText).sort()) ? {} : { taints: wanted }),
    ...(missingZones.length > 0 ? { availabilityZones: [...zones, ...missingZones].sort() } : {}),
  }
}

const partNames: Record<string, string> = { labels: 'labels', taints: 'taints', availabilityZones: 'zones' }

/** A group changed so that it takes these nodes: their labels added, exactly their taints, their zones served. */
export const changedToTake = (group: VngDraft, template: VngTemplate | null, nodes: readonly ClusterNode[]): VngStart => {
  const { draft, notes } = startFromNodes(nodes)
  const lacking = lackingFor(group, template, draft)
  const parts = Object.keys(lacking).map((key) => partNames[key] ?? key)
  return {
    draft: { ...group, ...lacking },
    notes: [...notes, ...(parts.length > 0 ? [`Filled in so that the group takes ${listed(nodes.map(({ nodeName }) => nodeName))}: its ${listed(parts)}. Nothing is saved yet.`] : [])],
  }
}
