import type { InventoryAnswer } from '@/lib/contract/nodes'
import { mayCarryLabel, mayCarryTaint, type VngTemplate } from '@/lib/contract/vngs'
import { isObject, type VngDraft } from './vng-document'
import type { KeyRow } from './vng-form-values'
import { textOf } from './vng-fields'

export type ClusterNode = InventoryAnswer['nodes'][number]

/** Labels without a prefix that AKS puts on every node of a pool. */
const ofAks = new Set(['agentpool', 'storageprofile', 'storagetier'])

/** The labels that somebody gave a node: those of AKS, Kubernetes and Spot are left out, since no group may carry them. */
export const carriedLabels = ({ labels }: ClusterNode): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => mayCarryLabel(key) && !ofAks.has(key)))

const effects: Record<string, string> = { NO_SCHEDULE: 'NoSchedule', PREFER_NO_SCHEDULE: 'PreferNoSchedule', NO_EXECUTE: 'NoExecute', PREFER_NO_EXECUTE: 'PreferNoExecute' }

/** A node's taint, `key=value:NO_SCHEDULE`, as groups have it. Null where it is none. */
const readTaint = (text: string): KeyRow | null => {
  const found = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text)
  return found === null ? null : { key: found[1] ?? '', value: found[2] ?? '', effect: effects[found[3] ?? ''] ?? found[3] ?? '' }
}

/** The taints that somebody gave a node; those of spot nodes and of a node's condition are left out. */
export const carriedTaints = ({ taints }: ClusterNode): KeyRow[] => taints.flatMap((text) => readTaint(text) ?? []).filter(({ key }) => mayCarryTaint(key))

export const taintText = ({ key, value, effect }: { key: string; value: string; effect: string }): string => `${key}${value === '' ? '' : `=${value}`}:${effect}`

const sameSet = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((text) => b.includes(text))

/** Labels of a group with what it inherits. */
export const labelsOf = (draft: VngDraft, template: VngTemplate | null): Record<string, string> =>
  isObject(draft.labels) ? Object.fromEntries(Object.entries(draft.labels).map(([key, value]) => [key, textOf(value)])) : (template?.labels ?? {})

export const taintsOf = (draft: VngDraft, template: VngTemplate | null): KeyRow[] =>
  Array.isArray(draft.taints) ? draft.taints.filter(isObject).map(({ key, value, effect }) => ({ key: textOf(key), value: textOf(value), effect: textOf(effect) })) : (template?.taints ?? [])

/**
 * The nodes that Ocean does not manage yet and that a group with these labels and taints would take: it carries
 * all their labels and exactly their taints. Nodes without either go to the template and are not counted.
 */
export const coveredBy = (draft: VngDraft, template: VngTemplate | null, nodes: readonly ClusterNode[]): ClusterNode[] => {
  const labels = labelsOf(draft, template)
  const taints = taintsOf(draft, template).map(taintText)
  return nodes.filter((node) => {
    if (node.virtualNodeGroupId !== null) return false
    const own = Object.entries(carriedLabels(node))
    const ownTaints = carriedTaints(node).map(taintText)
    if (own.length + ownTaints.length === 0) return false
    return own.every(([key, value]) => labels[key] === value) && sameSet(ownTaints, taints)
  })
}
