import { conditionsOf, type Condition } from './conditions'
import type { MatchGroup } from './group'
import { carriesLabels, isEmptyShape, type Matcher } from './matcher'
import type { Shape, Signature } from './signature'
import { taintText } from './taints'

export type LabelCheck = { key: string; nodeValue: string; groupValue: string | null; state: 'present' | 'missing' | 'value-differs' }
export type TaintCheck = { taint: string; state: 'equal' | 'vng-lacks' | 'vng-adds' }

export type GroupExplanation = {
  /** Null for the template. */
  vngId: string | null
  name: string
  isMatch: boolean
  labels: LabelCheck[]
  /** What new nodes would carry beyond the node's own labels. */
  addedLabels: Readonly<Record<string, string>>
  taints: TaintCheck[]
  conditions: Condition[]
  /** `others`: sizes are preferred, and that of the node is not one of them. It is a preference, not a filter. */
  preferredSizes: 'none' | 'listed' | 'others'
  /** How many labels and taints of the group would have to change for a match. */
  changes: number
}

const labelChecks = (shape: Shape, group: MatchGroup): LabelCheck[] =>
  Object.entries(shape.labels).map(([key, nodeValue]) => {
    const groupValue = group.labels[key] ?? null
    return { key, nodeValue, groupValue, state: groupValue === null ? 'missing' : groupValue === nodeValue ? 'present' : 'value-differs' }
  })

const taintChecks = (shape: Shape, group: MatchGroup): TaintCheck[] => {
  const [ours, theirs] = [new Set(shape.taints.map(taintText)), new Set(group.taints.map(taintText))]
  return [
    ...[...ours].map((taint): TaintCheck => ({ taint, state: theirs.has(taint) ? 'equal' : 'vng-lacks' })),
    ...[...theirs].filter((taint) => !ours.has(taint)).map((taint): TaintCheck => ({ taint, state: 'vng-adds' })),
  ]
}

const matches = (shape: Shape, group: MatchGroup): boolean => {
  if (shape.isOfSystemPool) return false
  if (group.vngId === null) return isEmptyShape(shape)
  return !isEmptyShape(shape) && group.taintsKey === shape.taintsKey && carriesLabels(group.labels, shape)
}

const preferenceOf = ({ vmSize }: Signature, { preferredVmSizes }: MatchGroup): GroupExplanation['preferredSizes'] => {
  if (preferredVmSizes.length === 0) return 'none'
  return vmSize !== null && preferredVmSizes.includes(vmSize.toLowerCase()) ? 'listed' : 'others'
}

/** How many nodes each group has now, by its id; null where the nodes were not read. */
export type NodesByVng = ReadonlyMap<string, number> | null

/** One kind of node against one group, point by point. */
export const explainGroup = (signature: Signature, group: MatchGroup, nodesByVng: NodesByVng): GroupExplanation => {
  const { shape } = signature
  const labels = labelChecks(shape, group)
  const taints = taintChecks(shape, group)
  const nodesNow = group.vngId === null || nodesByVng === null ? null : (nodesByVng.get(group.vngId) ?? 0)
  return {
    vngId: group.vngId,
    name: group.name,
    isMatch: matches(shape, group),
    labels,
    addedLabels: Object.fromEntries(Object.entries(group.labels).filter(([key]) => shape.labels[key] === undefined)),
    taints,
    conditions: conditionsOf(signature, group, nodesNow),
    preferredSizes: preferenceOf(signature, group),
    changes: labels.filter(({ state }) => state !== 'present').length + taints.filter(({ state }) => state !== 'equal').length,
  }
}

const refusals = ({ conditions }: GroupExplanation) => conditions.filter(({ state }) => state === 'does-not-fit').length

/** One kind of node against every group in list order, the template last. */
export const explainAgainstAll = (signature: Signature, { groups, template }: Matcher, nodesByVng: NodesByVng): GroupExplanation[] =>
  [...groups, ...(template === null ? [] : [template])].map((group) => explainGroup(signature, group, nodesByVng))

/** The match first, then what comes nearest: fewest changes, then fewest other obstacles, then list order; the template last, since no edit makes it take a node. */
export const byNearness = (a: GroupExplanation, b: GroupExplanation): number =>
  Number(b.isMatch) - Number(a.isMatch) || Number(a.vngId === null) - Number(b.vngId === null) || a.changes - b.changes || refusals(a) - refusals(b)
