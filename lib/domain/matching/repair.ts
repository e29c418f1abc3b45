import type { Vng } from '@/lib/spot/schemas/vng'
import { blastRadius, isHarmless, type BlastRadius } from './blast-radius'
import { conditionsOf, gpusOf, type Condition } from './conditions'
import { coverOf, type LabelSet } from './cover'
import { draftFor, type VngDraft } from './draft'
import type { MatchGroup } from './group'
import { createMatcher, type Groups, type Matcher } from './matcher'
import { signaturesOf, type NodeToMatch, type Signature } from './signature'

/**
 * An existing group with further labels. `labels` is the whole map to save: labels inherited so far have to be
 * named then. `obstacles`: why it could match the nodes and still give none like them.
 */
export type VngEdit = { vngId: string; name: string; labels: Record<string, string>; radius: BlastRadius; obstacles: Condition[] }

export type CoveredNodes = {
  nodeNames: string[]
  labels: LabelSet
  /** What their successors would carry beyond these. */
  addedLabels: Record<string, string>
}

export type Repair = {
  /** An edit of a group that can give such nodes, where nothing that runs or matches now would notice it and no foreign label would come along, else a new group. */
  change: { kind: 'new'; draft: VngDraft } | { kind: 'edit'; edit: VngEdit }
  /** Groups that could be edited instead: those that can give such nodes, the least felt first, then the others. */
  otherEdits: VngEdit[]
  covered: CoveredNodes[]
}

export type Unrepairable = { nodeNames: string[]; reason: 'system-pool' | 'taint-not-allowed' | 'template-taints' }

export type RepairPlan = {
  repairs: Repair[]
  /** Nodes that no group can take, with the reason. */
  unrepairable: Unrepairable[]
  /** No smaller set of groups covers the nodes. Where `repairs` has more, it is not known whether one of that size exists. */
  atLeast: number
}

export type RepairInput = {
  groups: Groups
  /** The nodes to be covered; those that match already or that Ocean manages are left aside. */
  selection: readonly NodeToMatch[]
  /** All nodes of Get Cluster Nodes: what an edit would do to them. */
  nodes: readonly NodeToMatch[]
}

const allowedEffects = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute', 'PreferNoExecute'])

const reasonAgainst = ({ shape }: Signature, { template }: Matcher): Unrepairable['reason'] | null => {
  if (shape.isOfSystemPool) return 'system-pool'
  if (shape.taints.some(({ effect }) => !allowedEffects.has(effect))) return 'taint-not-allowed'
  // A group without taints inherits the template's, so none can be without.
  return shape.taints.length === 0 && (template?.taints.length ?? 0) > 0 ? 'template-taints' : null
}

const gather = <Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> => {
  const lists = new Map<Key, Item[]>()
  for (const item of items) {
    const known = lists.get(keyOf(item))
    if (known === undefined) lists.set(keyOf(item), [item])
    else known.push(item)
  }
  return lists
}

/**
 * What one group cannot mix: its taints are equal to the node's, its operating system is one and cannot be
 * changed later (Ocean AKS, Virtual node groups). Matching would let architectures and GPUs mix; they are kept
 * apart, because a group offers its sizes to all its pods. Where labels and taints are equal all the same, the
 * vendor's match names the first of such groups for all of them; the pods' own constraints then choose.
 */
const kindOf = (signature: Signature): string =>
  JSON.stringify([signature.shape.taintsKey, signature.os, signature.architecture === 'arm64', (gpusOf(signature) ?? 0) > 0])

const labelsKey = ({ shape }: Signature) => JSON.stringify(Object.entries(shape.labels).sort())

const union = (sets: readonly LabelSet[]): Record<string, string> => Object.assign({}, ...sets) as Record<string, string>

const canCarry = (group: MatchGroup, { shape, os }: Signature, labels: LabelSet): boolean =>
  group.taintsKey === shape.taintsKey &&
  (os === null || group.os === null || group.os === os) &&
  Object.entries(labels).every(([key, value]) => (group.labels[key] ?? value) === value)

/** What keeps a group from giving nodes like these, each once. */
const obstaclesFor = (members: readonly Signature[], group: MatchGroup): Condition[] => {
  const refusals = members.flatMap((member) => conditionsOf(member, group, null).filter(({ state }) => state === 'does-not-fit'))
  return [...new Map(refusals.map((refusal) => [`${refusal.about} ${refusal.node}`, refusal])).values()]
}

const cost = ({ radius, obstacles }: VngEdit) => [obstacles.length, radius.losingMatch.length, radius.moving.length, radius.runningNodes.length]
const byCost = (a: VngEdit, b: VngEdit): number => {
  const [ours, theirs] = [cost(a), cost(b)]
  return ours.map((value, index) => value - (theirs[index] as number)).find((difference) => difference !== 0) ?? 0
}

type Surroundings = RepairInput & { matcher: Matcher; takenNames: Set<string>; editedIds: Set<string> }

const mostEdits = 5

const editsFor = (members: readonly Signature[], labels: LabelSet, { matcher, groups, nodes, editedIds }: Surroundings): VngEdit[] =>
  matcher.groups
    .filter((group) => canCarry(group, members[0] as Signature, labels) && !editedIds.has(group.vngId ?? ''))
    .map((group) => {
      const before = groups.vngs.find(({ id }) => id === group.vngId) as Vng
      const merged = { ...group.labels, ...labels }
      const radius = blastRadius({ before, after: { ...before, labels: merged }, groups, nodes })
      return { vngId: before.id, name: group.name, labels: merged, radius, obstacles: obstaclesFor(members, group) }
    })
    .sort(byCost)
    .slice(0, mostEdits)

/** It gives such nodes, nobody would notice, and the nodes' successors would carry no labels that are foreign to them. */
const isClean = (edit: VngEdit, labels: LabelSet) => edit.obstacles.length === 0 && isHarmless(edit.radius) && Object.keys(edit.labels).every((key) => labels[key] !== undefined)

const repairFor = (members: readonly Signature[], around: Surroundings): Repair => {
  const labels = union(members.map(({ shape }) => shape.labels))
  const edits = editsFor(members, labels, around)
  const best = edits.find((edit) => isClean(edit, labels)) ?? null
  return {
    change: best === null ? { kind: 'new', draft: newGroup(members, labels, around) } : { kind: 'edit', edit: claim(best, around) },
    otherEdits: edits.filter((edit) => edit !== best),
    covered: [...gather(members, labelsKey).values()].map((alike) => {
      const own = (alike[0] as Signature).shape.labels
      return {
        nodeNames: alike.flatMap(({ nodeNames }) => nodeNames),
        labels: own,
        addedLabels: Object.fromEntries(Object.entries(labels).filter(([key]) => own[key] === undefined)),
      }
    }),
  }
}

const newGroup = (members: readonly Signature[], labels: LabelSet, { matcher, takenNames }: Surroundings): VngDraft => {
  const draft = draftFor(members, labels, matcher.template, takenNames)
  takenNames.add(draft.name)
  return draft
}

/** A group is edited for one repair only, else two would overwrite each other. */
const claim = (edit: VngEdit, { editedIds }: Surroundings): VngEdit => {
  editedIds.add(edit.vngId)
  return edit
}

const refused = (signatures: readonly Signature[], matcher: Matcher): Unrepairable[] =>
  [...gather(signatures, (signature) => reasonAgainst(signature, matcher))].flatMap(([reason, alike]) =>
    reason === null ? [] : [{ reason, nodeNames: alike.flatMap(({ nodeNames }) => nodeNames) }],
  )

const partFor = (kind: readonly Signature[]): { classes: Signature[][]; atLeast: number } => {
  const alike = [...gather(kind, labelsKey).values()]
  const { classes, atLeast } = coverOf(alike.map((signatures) => (signatures[0] as Signature).shape.labels))
  return { atLeast, classes: classes.map((indexes) => indexes.flatMap((index) => alike[index] as Signature[])) }
}

/**
 * The smallest set of new or edited groups that takes every unmatched node of the selection. One group takes
 * several kinds of nodes where its labels can contain all of theirs and their taints are equal. Exact for up to
 * twelve sets of labels that contradict each other, see `coverOf`; `atLeast` says how good it is beyond.
 * New groups stand last in the list, so they take no node from another. Edits only add labels: changing taints
 * of a group would reach pods that run there.
 */
export const smallestRepair = (input: RepairInput): RepairPlan => {
  const matcher = createMatcher(input.groups)
  const around = { ...input, matcher, takenNames: new Set(matcher.groups.map(({ name }) => name)), editedIds: new Set<string>() }
  const waiting = input.selection.filter(({ virtualNodeGroupId }) => virtualNodeGroupId === null)
  const unmatched = signaturesOf(waiting).filter(({ shape }) => matcher.groupOf(shape) === null)
  const open = unmatched.filter((signature) => reasonAgainst(signature, matcher) === null)
  const parts = [...gather(open, kindOf).values()].map(partFor)
  return {
    repairs: parts.flatMap(({ classes }) => classes).map((members) => repairFor(members, around)),
    unrepairable: refused(unmatched, matcher),
    atLeast: parts.reduce((sum, { atLeast }) => sum + atLeast, 0),
  }
}
