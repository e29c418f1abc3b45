import { z } from 'zod'
import { findingIds, severities } from '../readiness/finding'
import { aroundKinds, cameSince } from './around'
import { kindsByNode, reviewedHeartbeats, type ReviewedFinding, type ReviewedKind, type ReviewedPlan } from './reviewed'

const nodeNames = z.array(z.string())
const severity = z.enum(severities).nullable()
const heartbeat = z.enum(reviewedHeartbeats)

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
  /** `from` null: it appeared. `to` null: it vanished. */
  z.object({ kind: z.literal('finding'), id: z.enum(findingIds), from: severity, to: severity, nodeNames }),
  z.object({ kind: z.literal('group'), vngId: z.string(), name: z.string() }),
  /** Something has come that can get in the run's way, or a limit is another. */
  z.object({ kind: z.literal('around'), around: z.enum(aroundKinds), names: z.array(z.string()) }),
  z.object({ kind: z.literal('heartbeat'), from: heartbeat, to: heartbeat }),
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

const pairsOf = (before: ReviewedKind, now: ReviewedKind): { id: ReviewedFinding['id']; from: ReviewedFinding['severity'] | null; to: ReviewedFinding['severity'] | null }[] =>
  [...new Set([...before.findings.keys(), ...now.findings.keys()])].map((id) => ({ id, from: before.findings.get(id)?.severity ?? null, to: now.findings.get(id)?.severity ?? null }))

type Input = { reviewed: ReviewedPlan; fresh: ReviewedPlan; managed?: ReadonlySet<string> }

const nodeDifferences = ({ reviewed, fresh, managed }: Input, isLessRead: boolean): Grouped[] => {
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
    // A finding that rests on facts that are not read now is not told as gone.
    for (const { id, from, to } of pairsOf(was, is)) if (from !== to && !(to === null && isLessRead)) add({ kind: 'finding', id, from, to }, nodeName)
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
  from === to || (from === 'unknown' && to === 'reporting') ? [] : [{ kind: 'heartbeat', from, to }]

/**
 * What differs between the facts that were reviewed and those that hold now. Facts that are read now and were
 * not read then are no difference by themselves; what they show is.
 */
export const planDifferences = (input: Input): PlanDifference[] => {
  const { reviewed, fresh } = input
  const lost = reviewed.read.filter((fact) => !fresh.read.includes(fact))
  return [
    ...nodeDifferences(input, lost.length > 0),
    ...groupDifferences(input),
    ...heartbeatDifferences(input),
    ...cameSince(reviewed.around, fresh.around).map((came) => ({ kind: 'around' as const, ...came })),
    ...(lost.length > 0 ? [{ kind: 'not-read' as const, facts: lost }] : []),
  ]
}
