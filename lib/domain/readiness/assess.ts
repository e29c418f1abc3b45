import type { HeartbeatState } from '../heartbeat'
import type { NodeMatch } from '../matching/match'
import { isOfSystemPool, noZone, ownLabelsOf, ownTaints, zoneNames, zoneNumber } from '../matching/own-keys'
import { parseTaint, taintText } from '../matching/taints'
import type { Finding } from './finding'
import { architectureOf, type Landing } from './landing'
import { findingOf } from './rules'
import { isVersionUnsupported } from './versions'

/** What the rules look at. `reported` is null when Get Cluster Nodes does not list the node. */
export type NodeFactsForReadiness = {
  match: NodeMatch
  isMatchKnown: boolean
  reported: { nodeStatus: string | null; labels: Record<string, string>; taints: string[]; availabilityZone?: string | null; architecture?: string | null } | null
  /** `not-read`: asked for and not answered, which is told of the cluster as a whole. */
  heartbeat: HeartbeatState | 'not-read'
  /** Spot's word for the controller. */
  heartbeatStatus?: string | null
  /** What the documented rule says; left out where it was not worked out. */
  ownMatch?: NodeMatch
  /** The place that the match names, with what it inherits; left out where the groups were not read. */
  landing?: Landing
  /** True when the tolerations of the node's pods are known, so that they are judged one by one. */
  arePodsRead?: boolean
  /** What Kubernetes itself says; left out where it was not read. */
  isReadyInKubernetes?: boolean
  /** Why a person holds the node. */
  holdReason?: string
}

const mismatchDetail = ({ reported }: NodeFactsForReadiness): string => {
  const labels = Object.entries(ownLabelsOf(reported?.labels ?? {})).map(([key, value]) => `${key}=${value}`)
  const taints = ownTaints(reported?.taints ?? [])
  const parts = [...labels, ...taints.map((taint) => `taint ${taint}`)]
  return parts.length > 0 ? parts.join(', ') : 'what this node carries'
}

const isSystemPool = ({ reported }: NodeFactsForReadiness) => reported !== null && isOfSystemPool(reported)

const matchName = (match: NodeMatch): string => {
  if (match.kind === 'vng') return match.vngName ?? match.vngId
  return match.kind === 'default' ? 'Default' : 'no group'
}

/** Our own reading blocks nothing by itself: what Spot leaves aside when it matches is not documented. */
const notSaid = (facts: NodeFactsForReadiness): Finding => {
  const { ownMatch } = facts
  if (ownMatch?.kind === 'none' && !isSystemPool(facts)) return findingOf('probably-no-match', mismatchDetail(facts))
  const isOwnKnown = ownMatch?.kind === 'vng' || ownMatch?.kind === 'default'
  return findingOf('match-not-said', isOwnKnown ? `; by Slipway’s own reading of its labels and taints it is ${matchName(ownMatch)}` : '')
}

const matchFinding = (facts: NodeFactsForReadiness): Finding[] => {
  if (facts.match.kind === 'none') return [findingOf('no-vng-match', mismatchDetail(facts))]
  if (facts.match.kind === 'not-said') return [notSaid(facts)]
  if (facts.match.kind === 'vng' && !facts.isMatchKnown) return [findingOf('vng-unknown', ` (${facts.match.vngId})`)]
  return []
}

const matchId = (match: NodeMatch): string => (match.kind === 'vng' ? match.vngId : match.kind)

const disagreement = ({ match, ownMatch }: NodeFactsForReadiness): Finding[] => {
  if (ownMatch === undefined || match.kind === 'not-said' || ownMatch.kind === 'not-said' || matchId(match) === matchId(ownMatch)) return []
  return [findingOf('match-disagrees', `Spot says ${matchName(match)}, the documented rule says ${matchName(ownMatch)}`)]
}

const quoted = (taints: readonly string[]) => `${taints.length === 1 ? 'the taint' : 'the taints'} ${taints.join(', ')}`

const templateFinding = ({ labels, taints }: Landing, arePodsRead: boolean): Finding[] => {
  const parts = [...Object.entries(labels).map(([key, value]) => `${key}=${value}`), ...taints.map((taint) => `taint ${taintText(taint)}`)]
  return parts.length === 0 ? [] : [findingOf(arePodsRead ? 'template-judged' : 'template-not-empty', parts.join(', '))]
}

/** Nodes and groups spell effects differently. */
const plain = (taint: string) => taintText(parseTaint(taint))

const taintFindings = (landing: Landing, taints: readonly string[], arePodsRead: boolean): Finding[] => {
  const own = ownTaints(taints)
  const nodeHas = new Set(own.map(plain))
  const groupHas = new Set(landing.taints.map(taintText))
  const added = [...groupHas].filter((taint) => !nodeHas.has(taint))
  const lacking = own.filter((taint) => !groupHas.has(plain(taint)))
  return [
    ...(added.length > 0 && !arePodsRead ? [findingOf('vng-adds-taint', quoted(added))] : []),
    ...(lacking.length > 0 ? [findingOf('isolation-lost', quoted(lacking))] : []),
  ]
}

const zoneFindings = (landing: Landing, zone: string | null | undefined): Finding[] => {
  if (landing.zones === null) return [findingOf('no-zone', landing.vngId === null ? 'Default' : landing.name)]
  const number = zone === null || zone === undefined ? null : zoneNumber(zone)
  if (number === null || landing.zones.includes(number)) return []
  const served = landing.zones.every((each) => each === noZone) ? 'makes nodes without a zone' : `serves ${zoneNames(landing.zones).join(', ')}`
  return [findingOf('zone-not-served', `${landing.name} ${served}, the node is in ${number}`)]
}

const architectureFinding = ({ name, architectures }: Landing, own: string | null | undefined): Finding[] => {
  if (architectures === null || !own || architectures.includes(architectureOf(own))) return []
  return [findingOf('architecture-differs', `${name} makes ${architectures.join(', ')} nodes, the node is ${architectureOf(own)}`)]
}

const versionFinding = ({ name, kubernetesVersion }: Landing): Finding[] =>
  kubernetesVersion !== null && isVersionUnsupported(kubernetesVersion) ? [findingOf('version-unsupported', `Kubernetes ${kubernetesVersion}, set for ${name},`)] : []

const landingFindings = ({ landing, reported, arePodsRead = false }: NodeFactsForReadiness): Finding[] => {
  if (landing === undefined || reported === null) return []
  const about = landing.vngId === null ? templateFinding(landing, arePodsRead) : taintFindings(landing, reported.taints, arePodsRead)
  return [...about, ...zoneFindings(landing, reported.availabilityZone), ...architectureFinding(landing, reported.architecture), ...versionFinding(landing)]
}

/** Either side's "no" counts; Kubernetes answers where Spot's list does not. */
const statusFinding = ({ reported, isReadyInKubernetes }: NodeFactsForReadiness): Finding[] => {
  const status = reported?.nodeStatus?.toUpperCase()
  if (status === 'FALSE' || isReadyInKubernetes === false) return [findingOf('node-not-ready')]
  return status === 'TRUE' || isReadyInKubernetes === true ? [] : [findingOf('node-not-reported')]
}

const heartbeatFinding = ({ heartbeat, heartbeatStatus }: NodeFactsForReadiness): Finding[] => {
  if (heartbeat === 'reporting' || heartbeat === 'not-read') return []
  if (heartbeat === 'inactive') return [findingOf('controller-inactive', `“${heartbeatStatus ?? ''}”`)]
  return [findingOf(heartbeat === 'stale' ? 'controller-stale' : 'controller-unknown')]
}

/** What stands in the way of one node, from what the Spot API says of it and of its group. */
export const assessNode = (facts: NodeFactsForReadiness): Finding[] => [
  ...(facts.holdReason === undefined ? [] : [findingOf('held-by-person', facts.holdReason)]),
  ...(isSystemPool(facts) ? [findingOf('system-pool')] : []),
  ...matchFinding(facts),
  ...disagreement(facts),
  ...landingFindings(facts),
  ...statusFinding(facts),
  ...heartbeatFinding(facts),
]
