import type { KubeClaim, KubeConstraints, KubePod, KubeTerm } from '../kube-facts'
import { createFit, type FitAnswer } from '../readiness/fit'
import { landingsOf, servesVolume, type Landing } from '../readiness/landing'
import { sizeFit } from './allowed-sizes'
import { groupsOf, templateGroup, type MatchGroup } from './group'
import type { NodeMatch } from './match'
import type { Groups } from './matcher'
import { zoneNames } from './own-keys'
import { byRestriction } from './priority'

/**
 * Why a pod goes where it goes, in the order in which the rules are asked. `only-one`: a single group takes
 * it. `match`: the group that Spot scales up for its node takes it (Spot API, Get Migration Discovery).
 * `preferred-affinity` and `least-restrictive`: the priority that Ocean documents for pods (Ocean AKS,
 * Virtual node groups). `none`: nothing takes it, and it stays pending.
 */
export type LandingRule = 'only-one' | 'match' | 'preferred-affinity' | 'least-restrictive' | 'none'

/** Null for the template. */
export type LandingGroup = { vngId: string | null; name: string }

export type LandingForecast = {
  rule: LandingRule
  group: LandingGroup | null
  /** Groups that take the pod as well, the likelier first: it may land there where they have room already. */
  others: LandingGroup[]
  /** False where it hangs on a label or a size of new nodes that is not known. */
  isCertain: boolean
  /** What keeps the pod from the first group, where none takes it. */
  obstacle: string | null
  /** What keeps the pod from the group that matches its node; null where that takes it, or where there is no match. */
  keptFromMatch: string | null
}

/** A pod as far as the forecast looks at it. Each list of zones is that of one volume. */
export type PodToLand = { constraints: KubeConstraints; volumeZones: readonly (readonly string[])[] }

/** The zones that a pod's volumes tie it to. `claims` by `namespace/name`. */
export const podToLand = (pod: KubePod, claims: ReadonlyMap<string, KubeClaim>): PodToLand => ({
  constraints: pod.constraints,
  volumeZones: pod.volumes.flatMap((volume) => {
    const zones = volume.kind === 'claim' ? claims.get(`${pod.namespace}/${volume.claimName}`)?.zones : null
    return zones === null || zones === undefined || zones.length === 0 ? [] : [zones]
  }),
})

type Place = { landing: Landing; group: MatchGroup }
type Taker = { place: Place; preference: number; isCertain: boolean }

const placesOf = ({ vngs, template }: Groups): Place[] => {
  const groups = [...groupsOf(vngs, template), ...(template === null ? [] : [templateGroup(template)])]
  return landingsOf(vngs, template).flatMap((landing, index) => (groups[index] === undefined ? [] : [{ landing, group: groups[index] }]))
}

const anyTaint = { key: null, operator: 'Exists', value: '', effect: null } as const
const noRequests = { milliCpu: 0, memoryMiB: 0, gpu: 0 }

/** A term alone, as a question to a landing. */
const termFit = (term: KubeTerm) =>
  createFit({ nodeSelector: {}, requiredAffinity: [term], preferredAffinity: [], tolerations: [anyTaint], requests: noRequests })

const obstacleAt = (pod: PodToLand, { landing }: Place, { fit, obstacle }: FitAnswer): string | null => {
  if (fit === 'no') return obstacle ?? 'its constraints do not allow it'
  if (!pod.volumeZones.every((zones) => servesVolume(landing, zones))) return `its volume is in ${zoneNames(pod.volumeZones.flat()).join(', ')}`
  return sizeFit(pod.constraints.requests, landing.allowed) === 'no' ? 'it asks for more than any allowed size has' : null
}

const byLikelihood = (a: Taker, b: Taker): number => b.preference - a.preference || byRestriction(a.place.group, b.place.group)

const nameOf = ({ group: { vngId, name } }: Place): LandingGroup => ({ vngId, name })

const isMatchOf = ({ group: { vngId } }: Place, match: NodeMatch): boolean => (match.kind === 'vng' ? vngId === match.vngId : match.kind === 'default' && vngId === null)

/** The group that is scaled up for the node, if it is among the takers. */
const matchedAmong = (takers: readonly Taker[], match: NodeMatch): Taker | null => takers.find(({ place }) => isMatchOf(place, match)) ?? null

const ruleFor = (takers: readonly Taker[], matched: Taker | null): LandingRule => {
  if (takers.length === 1) return 'only-one'
  if (matched !== null) return 'match'
  return (takers[0]?.preference ?? 0) > (takers[1]?.preference ?? 0) ? 'preferred-affinity' : 'least-restrictive'
}

const choose = (takers: Taker[], match: NodeMatch, keptFromMatch: string | null): LandingForecast => {
  const sorted = takers.sort(byLikelihood)
  const matched = matchedAmong(sorted, match)
  const first = matched ?? (sorted[0] as Taker)
  return {
    rule: ruleFor(sorted, matched),
    group: nameOf(first.place),
    others: sorted.filter((taker) => taker !== first).map(({ place }) => nameOf(place)),
    isCertain: takers.every(({ isCertain }) => isCertain),
    obstacle: null,
    keptFromMatch,
  }
}

const forecast = (pod: PodToLand, match: NodeMatch, places: readonly Place[]): LandingForecast => {
  const fit = createFit(pod.constraints)
  const preferences = pod.constraints.preferredAffinity.map(({ weight, term }) => ({ weight, fit: termFit(term) }))
  const takers: Taker[] = []
  let first: string | null = null
  let keptFromMatch: string | null = null
  for (const place of places) {
    const answer = fit(place.landing)
    const obstacle = obstacleAt(pod, place, answer)
    first ??= obstacle
    if (isMatchOf(place, match)) keptFromMatch = obstacle
    if (obstacle !== null) continue
    const preference = preferences.reduce((sum, { weight, fit: holds }) => sum + (holds(place.landing).fit === 'yes' ? weight : 0), 0)
    takers.push({ place, preference, isCertain: answer.fit === 'yes' && sizeFit(pod.constraints.requests, place.landing.allowed) === 'yes' })
  }
  return takers.length === 0 ? { rule: 'none', group: null, others: [], isCertain: true, obstacle: first ?? 'there is no group', keptFromMatch } : choose(takers, match, keptFromMatch)
}

/**
 * Says where pods would go when their node is drained. The group that matches the node only says what is
 * scaled up; where a pod ends is a matter of its own constraints: selector, required affinity, tolerations,
 * requests, the zones of its volumes. Among groups that take it, that of the match comes first, then its
 * preferred affinity, then the least restrictive, the template last. Room on nodes that run already is not
 * looked at, so a pod may go to one of `others` instead. Answers are kept for each constraints object, zones
 * and match: the cost grows with those, not with pods.
 */
export const createForecast = (groups: Groups): ((pod: PodToLand, match: NodeMatch) => LandingForecast) => {
  const places = placesOf(groups)
  const answers = new Map<KubeConstraints, Map<string, LandingForecast>>()
  return (pod, match) => {
    const known = answers.get(pod.constraints) ?? new Map<string, LandingForecast>()
    answers.set(pod.constraints, known)
    const key = `${match.kind} ${match.kind === 'vng' ? match.vngId : ''} ${JSON.stringify(pod.volumeZones)}`
    const answer = known.get(key) ?? forecast(pod, match, places)
    known.set(key, answer)
    return answer
  }
}

/** Where the pods of one node would go: a forecast for each, in the order given. */
export const forecastLanding = (pods: readonly PodToLand[], match: NodeMatch, groups: Groups): LandingForecast[] => {
  const say = createForecast(groups)
  return pods.map((pod) => say(pod, match))
}
