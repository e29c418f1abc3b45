import type { NodeMatch } from './match'
import { templateBurden } from './group'
import { byNearness, explainAgainstAll, type GroupExplanation, type NodesByVng } from './explain'
import { agreementOf, asMatch, createMatcher, isSameGroup, type Agreement, type Groups, type Matcher, type OwnMatch } from './matcher'
import { signaturesOf, type NodeToMatch, type Signature } from './signature'

/** Why `Default` may not be safe: the template carries labels or taints of its own. Null where it carries none or was not read. */
type Burden = ReturnType<typeof templateBurden>

export type MatchAnswer = {
  signature: Signature
  /** Our own answer by the documented rule. */
  verdict: OwnMatch
  /** Where pods that select all labels and tolerate all taints of the node would be sent, by the priority that Ocean documents for pods. */
  podTimeVerdict: OwnMatch
  isPodTimeDifferent: boolean
  /** Only for `Default`. `unknown`: the template was not read. */
  defaultSafety: { state: 'safe' | 'unsafe' | 'unknown'; burden: Burden } | null
}

export type Disagreement = { nodeName: string; own: OwnMatch; api: NodeMatch }

export type MatchReport = {
  matcher: Matcher
  /** One for each distinct kind of node. */
  answers: MatchAnswer[]
  answerOf: (nodeName: string) => MatchAnswer | null
  agreementOf: (nodeName: string) => Agreement
  /** Nodes for which Get Migration Discovery says something else. */
  disagreements: Disagreement[]
}

export type MatchInput = Groups & {
  /** Nodes of Get Cluster Nodes that Ocean does not manage. */
  nodes: readonly NodeToMatch[]
  /** Kubernetes versions by node name; the Spot API does not give them. */
  versions?: ReadonlyMap<string, string>
  /** What Get Migration Discovery says, by node name. */
  apiMatches?: ReadonlyMap<string, NodeMatch>
}

const safetyOf = ({ template }: Matcher, verdict: OwnMatch): MatchAnswer['defaultSafety'] => {
  if (verdict.kind !== 'default') return null
  const burden = template === null ? null : templateBurden(template)
  return { state: template === null ? 'unknown' : burden === null ? 'safe' : 'unsafe', burden }
}

const answerFor = (matcher: Matcher, signature: Signature): MatchAnswer => {
  const group = matcher.groupOf(signature.shape)
  const podTime = matcher.podTimeGroupOf(signature.shape)
  const verdict = asMatch(group)
  return {
    signature,
    verdict,
    podTimeVerdict: asMatch(podTime),
    isPodTimeDifferent: !isSameGroup(group, podTime),
    defaultSafety: safetyOf(matcher, verdict),
  }
}

/** Answers for signatures of one shape differ in nothing but their signature. */
const answersFor = (matcher: Matcher, signatures: readonly Signature[]): MatchAnswer[] => {
  const byShape = new Map<Signature['shape'], MatchAnswer>()
  return signatures.map((signature) => {
    const known = byShape.get(signature.shape)
    if (known !== undefined) return { ...known, signature }
    const answer = answerFor(matcher, signature)
    byShape.set(signature.shape, answer)
    return answer
  })
}

/**
 * Says for every node which group it falls to. Linear in nodes, plus distinct shapes times groups;
 * what explains an answer point by point is worked out when `explainAnswer` asks for it.
 */
export const explainMatch = ({ nodes, versions, apiMatches, vngs, template }: MatchInput): MatchReport => {
  const matcher = createMatcher({ vngs, template })
  const answers = answersFor(matcher, signaturesOf(nodes, versions))
  const byName = new Map<string, MatchAnswer>()
  for (const answer of answers) for (const name of answer.signature.nodeNames) byName.set(name, answer)
  const disagreements: Disagreement[] = []
  for (const [nodeName, api] of apiMatches ?? []) {
    const own = byName.get(nodeName)?.verdict
    if (own !== undefined && agreementOf(own, api) === 'differs') disagreements.push({ nodeName, own, api })
  }
  return {
    matcher,
    answers,
    answerOf: (nodeName) => byName.get(nodeName) ?? null,
    agreementOf: (nodeName) => {
      const own = byName.get(nodeName)?.verdict
      return own === undefined ? 'not-said' : agreementOf(own, apiMatches?.get(nodeName) ?? { kind: 'not-said' })
    },
    disagreements,
  }
}

export type Explanation = {
  /** The group of the verdict, point by point; null for none. */
  matched: GroupExplanation | null
  /** Every group, the match first, then the nearest. */
  all: GroupExplanation[]
}

/** Everything there is to say about one answer. `nodesByVng` counts the nodes that Ocean manages, by group. */
export const explainAnswer = ({ signature, verdict }: MatchAnswer, matcher: Matcher, nodesByVng: NodesByVng): Explanation => {
  const all = explainAgainstAll(signature, matcher, nodesByVng).sort(byNearness)
  const matched = verdict.kind === 'none' ? null : (all.find(({ vngId }) => vngId === (verdict.kind === 'vng' ? verdict.vngId : null)) ?? null)
  return { matched, all }
}
