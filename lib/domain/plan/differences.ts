import { z } from 'zod'
import { heartbeatStates } from '../heartbeat'
import { findingIds, severities, type Severity } from '../readiness/finding'
import { isOpenUnder, type ChosenOptions } from '../readiness/readiness'
import { aroundKinds, cameSince } from './around'
import { kindsByNode, type ReviewedFinding, type ReviewedKind, type ReviewedPlan } from './reviewed'

const nodeNames = z.array(z.string())
const heartbeat = z.enum(heartbeatStates)

/** One way in which the facts are no longer those that were reviewed, with the nodes that it is about. */
export const planDifference = z.discriminatedUnion('kind', [
  /** Discovery no longer shows them. */
  z.object({ kind: z.literal('gone'), nodeNames }),
  /** Ocean manages them already. */
  z.object({ kind: z.literal('managed'), nodeNames }),
  /** They have come into a selected pool. */
  z.object({ kind: z.literal('added'), nodeNames }),
  /** `from` and `to` are names of groups, or `Default`, `none`, `not-said`. */
  z.object({ kind: z.literal('match'), from: z.string(), to: z.string(), nodeNames }),
  /** It appeared, `from` null, or weighs more than it did. */
  z.object({ kind: z.literal('finding'), id: z.enum(findingIds), from: z.enum(severities).nullable(), to: z.enum(severities), nodeNames }),
  z.object({ kind: z.literal('group'), vngId: z.string(), name: z.string() }),
  /** Something has come that can get in the run's way, or a limit is another. */
  z.object({ kind: z.literal('around'), around: z.enum(aroundKinds), names: z.array(z.string()) }),
  z.object({ kind: z.literal('heartbeat'), from: heartbeat, to: heartbeat.exclude(['reporting']) }),
  /** Facts that were read for the review and are not read now. */
  z.object({ kind: z.literal('not-read'), facts: z.array(z.string()) }),
])
export type PlanDifference = z.infer<typeof planDifference>

type Grouped = Extract<PlanDifference, { nodeNames: string[] }>
type WithoutNodes<Difference> = Difference extends unknown ? Omit<Difference, 'nodeNames'> : never

/** Brings nodes with the same difference together. */
const createGroups = () => {
  const groups = new Map<string, Grouped>()
  const add = (difference: WithoutNodes<Grouped>, nodeName: string) => {
    const key = JSON.stringify(difference)
    const group = groups.get(key) ?? { ...difference, nodeNames: [] }
    group.nodeNames.push(nodeName)
    groups.set(key, group)
  }
  return { groups, add }
}

const groupNames = (...plans: ReviewedPlan[]): ReadonlyMap<string, string> =>
  new Map(plans.flatMap(({ groups }) => (groups ?? []).map(({ vngId, name }) => [vngId, name === '' ? vngId : name] as const)))

const weightOf = (severity: Severity | null): number => (severity === null ? 0 : severities.length - severities.indexOf(severity))

/** What has come to a node, or weighs more than at the review, and is not answered by these options. */
const worseOf = (before: ReviewedKind, now: ReviewedKind, options: ChosenOptions): { id: ReviewedFinding['id']; from: Severity | null; to: Severity }[] =>
  [...now.findings.values()].flatMap(({ id, severity: to }) => {
    const from = before.findings.get(id)?.severity ?? null
    return weightOf(to) > weightOf(from) && isOpenUnder(id, options) ? [{ id, from, to }] : []
  })

/** `options`: what was chosen for the run, on which the weight of some findings depends. */
type Input = { reviewed: ReviewedPlan; fresh: ReviewedPlan; options: ChosenOptions; managed?: ReadonlySet<string> }

const nodeDifferences = ({ reviewed, fresh, options, managed }: Input): Grouped[] => {
  const { groups, add } = createGroups()
  const names = groupNames(fresh, reviewed)
  const nameOf = (match: string) => names.get(match) ?? match
  const [before, now] = [kindsByNode(reviewed), kindsByNode(fresh)]
  for (const [nodeName, was] of before) {
    const is = now.get(nodeName)
    if (is === undefined) {
      add({ kind: managed?.has(nodeName) === true ? 'managed' : 'gone' }, nodeName)
      continue
    }
    if (is.key === was.key) continue
    if (is.match !== was.match) add({ kind: 'match', from: nameOf(was.match), to: nameOf(is.match) }, nodeName)
    for (const finding of worseOf(was, is, options)) add({ kind: 'finding', ...finding }, nodeName)
  }
  for (const nodeName of now.keys()) if (!before.has(nodeName)) add({ kind: 'added' }, nodeName)
  return [...groups.values()]
}

const groupDifferences = ({ reviewed, fresh }: Input): PlanDifference[] => {
  const updated = new Map(fresh.groups?.map(({ vngId, updatedAtMs }) => [vngId, updatedAtMs]))
  return (reviewed.groups ?? []).flatMap(({ vngId, name, updatedAtMs }) => {
    const now = updated.get(vngId)
    return now === undefined || now === updatedAtMs ? [] : [{ kind: 'group' as const, vngId, name: name === '' ? vngId : name }]
  })
}

const heartbeatDifferences = ({ reviewed: { heartbeat: from }, fresh: { heartbeat: to } }: Input): PlanDifference[] =>
  from === to || to === 'reporting' || (from === 'stale' && to === 'inactive') ? [] : [{ kind: 'heartbeat', from, to }]

/**
 * What differs for the worse between the facts that were reviewed and those that hold now: on a busy cluster
 * something always gets better, and a launch that waits for none of it to happen never comes. Facts that are
 * read now and were not read then are no difference by themselves; what they show is.
 */
export const planDifferences = (input: Input): PlanDifference[] => {
  const { reviewed, fresh } = input
  const lost = reviewed.read.filter((fact) => !fresh.read.includes(fact))
  return [
    ...nodeDifferences(input),
    ...groupDifferences(input),
    ...heartbeatDifferences(input),
    ...cameSince(reviewed.around, fresh.around).map((came) => ({ kind: 'around' as const, ...came })),
    ...(lost.length > 0 ? [{ kind: 'not-read' as const, facts: lost }] : []),
  ]
}
