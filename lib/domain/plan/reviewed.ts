import { z } from 'zod'
import { heartbeatStates } from '../heartbeat'
import type { NodeMatch } from '../matching/match'
import { findingIds, severities, type Finding, type FindingId } from '../readiness/finding'
import { findingRules } from '../readiness/rules'
import { around, aroundKinds } from './around'

const reviewedFinding = z.object({ id: z.enum(findingIds), severity: z.enum(severities) })
export type ReviewedFinding = z.infer<typeof reviewedFinding>

const reviewedGroup = z.object({ vngId: z.string().max(100), name: z.string().max(300), updatedAtMs: z.number().nullable() })

/**
 * What a person saw of the nodes of a plan when they reviewed it. Nodes of one kind have the same match and
 * the same findings; there are few kinds, so that a plan of 20,000 nodes stays small.
 */
export const reviewedPlan = z.object({
  nodeNames: z.array(z.string().min(1).max(253)).max(20_000),
  /** The kind of each node, by index into `kinds`, in the order of `nodeNames`. */
  kindOf: z.array(z.number().int().min(0)).max(20_000),
  /** `match` is the id of a group, or `Default`, `none`, `not-said`. */
  kinds: z.array(z.object({ match: z.string().min(1).max(100), findings: z.array(reviewedFinding).max(findingIds.length) })).max(20_000),
  /** Groups that the nodes land in; null where they were not read. */
  groups: z.array(reviewedGroup).max(20_000).nullable(),
  heartbeat: z.enum(heartbeatStates),
  /** What may get in the run's way beside its nodes. */
  around,
  /** Facts that were read: `cluster-nodes`, `rolls`, `vngs`, and kinds of Kubernetes. */
  read: z.array(z.string().max(40)).max(40),
})
export type ReviewedPlan = z.infer<typeof reviewedPlan>

export type NodeToReview = { nodeName: string; match: NodeMatch; findings: readonly Pick<Finding, 'id' | 'severity'>[] }

/** About the reading or the cluster as a whole, or refused with words of their own: these do not make a node another. */
const notOfTheNode: ReadonlySet<FindingId> = new Set(['controller-stale', 'controller-inactive', 'controller-unknown', 'facts-stale', 'spot-not-read', 'kubernetes-not-read', 'held-by-person'])

/** Notes that decide nothing come and go while a cluster works; a person is not asked about them again. */
const matters = ({ id, severity }: ReviewedFinding): boolean => !notOfTheNode.has(id) && (severity !== 'note' || findingRules[id].effect !== 'none')

const matchText = (match: NodeMatch): string => (match.kind === 'vng' ? match.vngId : match.kind === 'default' ? 'Default' : match.kind)

const wordOf = ({ id, severity }: ReviewedFinding): string => `${id} ${severity}`
const byWord = (a: ReviewedFinding, b: ReviewedFinding) => (wordOf(a) < wordOf(b) ? -1 : 1)

/** Each id once. A node may have the same finding about several pods. */
const findingsOf = (findings: NodeToReview['findings'], read: readonly string[]): ReviewedFinding[] => {
  // Where the list was not read no node is in it, and that is told once.
  const isListed = read.includes('cluster-nodes')
  return [...new Map(findings.map(({ id, severity }) => [id, { id, severity }])).values()].filter((finding) => matters(finding) && (isListed || finding.id !== 'node-not-reported')).sort(byWord)
}

type Facts = { nodes: readonly NodeToReview[] } & Pick<ReviewedPlan, 'groups' | 'heartbeat' | 'around' | 'read'>

/** The part of the facts that a person is asked about again when it changes. */
export const reviewNodes = ({ nodes, groups, heartbeat, around, read }: Facts): ReviewedPlan => {
  const places = new Map<string, number>()
  const kinds: ReviewedPlan['kinds'] = []
  const kindOf = nodes.map(({ match, findings }) => {
    const kind = { match: matchText(match), findings: findingsOf(findings, read) }
    const key = kindKey(kind)
    const place = places.get(key) ?? kinds.push(kind) - 1
    places.set(key, place)
    return place
  })
  const landed = new Set(kinds.map(({ match }) => match))
  return {
    nodeNames: nodes.map(({ nodeName }) => nodeName),
    kindOf,
    kinds,
    groups: groups === null ? null : groups.filter(({ vngId }) => landed.has(vngId)),
    heartbeat,
    around,
    read: [...read].sort(),
  }
}

const kindKey = ({ match, findings }: ReviewedPlan['kinds'][number]): string => [match, ...findings.map(wordOf).sort()].join('\n')

export type ReviewedKind = { match: string; findings: ReadonlyMap<FindingId, ReviewedFinding>; key: string }

/** Each node with its kind. */
export const kindsByNode = ({ nodeNames, kindOf, kinds }: ReviewedPlan): Map<string, ReviewedKind> => {
  const known = kinds.map((kind) => ({ match: kind.match, findings: new Map(kind.findings.map((finding) => [finding.id, finding])), key: kindKey(kind) }))
  return new Map(nodeNames.flatMap((name, index) => {
    const kind = known[kindOf[index] ?? -1]
    return kind === undefined ? [] : [[name, kind] as const]
  }))
}

/** The plan of these nodes only, in this order; names that are not in it are left out. */
export const onlyNodes = (plan: ReviewedPlan, nodeNames: readonly string[]): ReviewedPlan => {
  const kinds = new Map(plan.nodeNames.map((name, index) => [name, plan.kindOf[index]]))
  const kept = nodeNames.flatMap((name) => {
    const kind = kinds.get(name)
    return kind === undefined ? [] : [{ name, kind }]
  })
  return { ...plan, nodeNames: kept.map(({ name }) => name), kindOf: kept.map(({ kind }) => kind) }
}

const byText = (a: string, b: string) => (a < b ? -1 : 1)

/** What else belongs to a plan: what is chosen rather than read. `nodePoolNames` only where pools are migrated. */
export type PlanChoices = { options: object; comment: string; nodePoolNames?: readonly string[] | undefined }

/** One text for one plan: the order of keys, nodes, kinds, findings, groups and pools does not matter. */
export const canonicalPlan = (plan: ReviewedPlan, { options, comment, nodePoolNames = [] }: PlanChoices): string =>
  JSON.stringify({
    nodes: [...kindsByNode(plan)].sort(([a], [b]) => byText(a, b)).map(([name, { key }]) => [name, key]),
    pools: [...nodePoolNames].sort(),
    groups: plan.groups === null ? null : [...plan.groups].sort((a, b) => byText(a.vngId, b.vngId)).map(({ vngId, name, updatedAtMs }) => [vngId, name, updatedAtMs]),
    heartbeat: plan.heartbeat,
    around: aroundKinds.map((kind) => [kind, [...(plan.around[kind] ?? [])].sort()]),
    read: [...plan.read].sort(),
    options: Object.entries(options).sort(([a], [b]) => byText(a, b)),
    comment,
  })
