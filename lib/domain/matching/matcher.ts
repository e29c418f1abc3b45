import type { Vng, VngSpec } from '@/lib/spot/schemas/vng'
import { groupsOf, templateGroup, type MatchGroup } from './group'
import type { NodeMatch } from './match'
import { leastRestrictive } from './priority'
import type { Shape } from './signature'
import { isHard, taintText } from './taints'

/** Our own answer: it is never left unsaid. */
export type OwnMatch = Exclude<NodeMatch, { kind: 'not-said' }>

/** `template` is null where the cluster was not read; groups then inherit nothing. */
export type Groups = { vngs: readonly Vng[]; template: VngSpec | null }

export type Matcher = {
  /** In list order, without the template. */
  groups: readonly MatchGroup[]
  template: MatchGroup | null
  /** The group of the documented rule, `template` for Default; null for none. */
  groupOf: (shape: Shape) => MatchGroup | 'template' | null
  /** Where Ocean would send a pod that selects all the labels and tolerates all the taints of such a node. */
  podTimeGroupOf: (shape: Shape) => MatchGroup | null
}

/** True when the group carries all labels of the shape with the same values. */
export const carriesLabels = (labels: Readonly<Record<string, string>>, shape: Shape): boolean => {
  for (const key in shape.labels) if (labels[key] !== shape.labels[key]) return false
  return true
}

export const isEmptyShape = ({ labels, taints }: Shape): boolean => taints.length === 0 && Object.keys(labels).length === 0

const takesPods = (group: MatchGroup, shape: Shape): boolean => {
  if (!carriesLabels(group.labels, shape)) return false
  const tolerated = new Set(shape.taints.map(taintText))
  return group.taints.every((taint) => !isHard(taint) || tolerated.has(taintText(taint)))
}

const byTaints = (groups: readonly MatchGroup[]): ReadonlyMap<string, MatchGroup[]> => {
  const lists = new Map<string, MatchGroup[]>()
  for (const group of groups) {
    const known = lists.get(group.taintsKey)
    if (known === undefined) lists.set(group.taintsKey, [group])
    else known.push(group)
  }
  return lists
}

/**
 * The vendor's rule (Spot API, Get Migration Discovery): without labels and taints of its own a node falls to
 * `Default`, else to the first group that matches, else to none. What "matches" means is not documented; taken
 * here: the group carries all the node's own labels with their values, and exactly its taints. "First" is the
 * order of List Virtual Node Groups. Answers are kept for each shape, so asking costs once per distinct shape.
 */
export const createMatcher = ({ vngs, template: spec }: Groups): Matcher => {
  const groups = groupsOf(vngs, spec)
  const template = spec === null ? null : templateGroup(spec)
  const lists = byTaints(groups)
  const answers = new Map<Shape, MatchGroup | 'template' | null>()

  const decide = (shape: Shape): MatchGroup | 'template' | null => {
    if (shape.isOfSystemPool) return null
    if (isEmptyShape(shape)) return 'template'
    return lists.get(shape.taintsKey)?.find(({ labels }) => carriesLabels(labels, shape)) ?? null
  }
  return {
    groups,
    template,
    groupOf: (shape) => {
      const known = answers.get(shape)
      if (known !== undefined) return known
      const answer = decide(shape)
      answers.set(shape, answer)
      return answer
    },
    podTimeGroupOf: (shape) =>
      shape.isOfSystemPool ? null : leastRestrictive([...groups, ...(template === null ? [] : [template])].filter((group) => takesPods(group, shape))),
  }
}

export const asMatch = (group: MatchGroup | 'template' | null): OwnMatch => {
  if (group === null) return { kind: 'none' }
  return group === 'template' || group.vngId === null ? { kind: 'default' } : { kind: 'vng', vngId: group.vngId, vngName: group.name }
}

/** Where Spot says nothing of a node our own answer stands in, if there is one; `match-not-said` tells so beside all that follows from it. */
export const matchToGoBy = (said: NodeMatch, own: NodeMatch | undefined): NodeMatch => (said.kind === 'not-said' ? (own ?? said) : said)

const isSame = (a: OwnMatch, b: OwnMatch): boolean => a.kind === b.kind && (a.kind !== 'vng' || b.kind !== 'vng' || a.vngId === b.vngId)

export type Agreement = 'agrees' | 'differs' | 'not-said'

/** Our own answer beside that of Get Migration Discovery. Groups are compared by their ids. */
export const agreementOf = (own: OwnMatch, api: NodeMatch): Agreement => {
  if (api.kind === 'not-said') return 'not-said'
  return isSame(own, api) ? 'agrees' : 'differs'
}

export const isSameGroup = (a: MatchGroup | 'template' | null, b: MatchGroup | null): boolean => isSame(asMatch(a), asMatch(b))
