import type { Vng } from '@/lib/spot/schemas/vng'
import { groupsOf, type MatchGroup } from './group'
import { asMatch, createMatcher, isSameGroup, type Groups, type Matcher, type OwnMatch } from './matcher'
import { signaturesOf, type NodeToMatch } from './signature'
import { taintText } from './taints'

/** What nodes of the group that run already would get and lose. Taints as `key=value:NoSchedule`. */
export type RunningChange = {
  labelsAdded: Record<string, string>
  labelsRemoved: Record<string, string>
  labelsChanged: { key: string; from: string; to: string }[]
  taintsAdded: string[]
  taintsRemoved: string[]
}

export type MatchMove = { nodeNames: string[]; from: OwnMatch; to: OwnMatch }

export type BlastRadius = {
  change: RunningChange
  /** Nodes of the group that run already and that the change reaches; all of them when the group is deleted. */
  runningNodes: string[]
  /** Nodes without a match that the group would take. */
  newlyMatched: string[]
  /** Nodes that would have no match any more. */
  losingMatch: string[]
  /** Nodes that would fall to another group than now. */
  moving: MatchMove[]
}

export type BlastInput = {
  /** Null for a group that is created. */
  before: Vng | null
  /** Null for a group that is deleted. */
  after: Vng | null
  groups: Groups
  /** All nodes of Get Cluster Nodes. */
  nodes: readonly NodeToMatch[]
}

type Side = Pick<MatchGroup, 'labels' | 'taints'>

const nothing: Side = { labels: {}, taints: [] }

/** What differs between two groups, with what they inherit. */
const changeBetween = (before: Side, after: Side): RunningChange => {
  const taints = { before: new Set(before.taints.map(taintText)), after: new Set(after.taints.map(taintText)) }
  return {
    labelsAdded: Object.fromEntries(Object.entries(after.labels).filter(([key]) => before.labels[key] === undefined)),
    labelsRemoved: Object.fromEntries(Object.entries(before.labels).filter(([key]) => after.labels[key] === undefined)),
    labelsChanged: Object.entries(before.labels).flatMap(([key, from]) => {
      const to = after.labels[key]
      return to === undefined || to === from ? [] : [{ key, from, to }]
    }),
    taintsAdded: [...taints.after].filter((taint) => !taints.before.has(taint)),
    taintsRemoved: [...taints.before].filter((taint) => !taints.after.has(taint)),
  }
}

const isNothing = (change: RunningChange): boolean =>
  [change.labelsChanged, change.taintsAdded, change.taintsRemoved].every(({ length }) => length === 0) &&
  Object.keys(change.labelsAdded).length === 0 &&
  Object.keys(change.labelsRemoved).length === 0

/** An edited group keeps its place in the list, a new one stands last. */
const groupsAfter = ({ before, after, groups }: BlastInput): Groups => {
  if (before === null) return { ...groups, vngs: after === null ? groups.vngs : [...groups.vngs, after] }
  return { ...groups, vngs: groups.vngs.flatMap((vng) => (vng.id !== before.id ? [vng] : after === null ? [] : [after])) }
}

const groupFrom = (vng: Vng | null, { template }: Groups): Side => (vng === null ? nothing : (groupsOf([vng], template)[0] ?? nothing))

const movesOf = (nodes: readonly NodeToMatch[], now: Matcher, then: Matcher): MatchMove[] => {
  const moves = new Map<string, MatchMove>()
  for (const { shape, nodeNames } of signaturesOf(nodes.filter(({ virtualNodeGroupId }) => virtualNodeGroupId === null))) {
    const [from, to] = [now.groupOf(shape), then.groupOf(shape)]
    if (to === 'template' ? from === 'template' : isSameGroup(from, to)) continue
    const move = { from: asMatch(from), to: asMatch(to) }
    const key = JSON.stringify(move)
    const known = moves.get(key)
    if (known === undefined) moves.set(key, { ...move, nodeNames: [...nodeNames] })
    else known.nodeNames.push(...nodeNames)
  }
  return [...moves.values()]
}

const namesWhere = (moves: readonly MatchMove[], test: (move: MatchMove) => boolean): string[] => moves.filter(test).flatMap(({ nodeNames }) => nodeNames)

/**
 * What creating, editing or deleting a group would do. Labels and taints of a group are changed on the nodes
 * that run already, too (Ocean AKS, Virtual node groups: updating labels, tags or taints); tags are not read,
 * so a change of tags alone is not seen here. Linear in nodes.
 */
export const blastRadius = (input: BlastInput): BlastRadius => {
  const { before, after, groups, nodes } = input
  const change = changeBetween(groupFrom(before, groups), groupFrom(after, groups))
  const isReached = before !== null && (after === null || !isNothing(change))
  const moves = movesOf(nodes, createMatcher(groups), createMatcher(groupsAfter(input)))
  return {
    change,
    runningNodes: isReached ? nodes.filter(({ virtualNodeGroupId }) => virtualNodeGroupId === before.id).map(({ nodeName }) => nodeName) : [],
    newlyMatched: namesWhere(moves, ({ from }) => from.kind === 'none'),
    losingMatch: namesWhere(moves, ({ to }) => to.kind === 'none'),
    moving: moves.filter(({ from, to }) => from.kind !== 'none' && to.kind !== 'none'),
  }
}

/** True when nothing but the nodes it is meant for would notice. */
export const isHarmless = ({ runningNodes, losingMatch, moving }: BlastRadius): boolean => runningNodes.length === 0 && losingMatch.length === 0 && moving.length === 0
