import { counted } from '@/lib/format/plural'
import type { Vng, VngSpec } from '@/lib/spot/schemas/vng'
import type { HeartbeatState } from '../heartbeat'
import type { KubePod } from '../kube-facts'
import { createForecast, podToLand } from '../matching/forecast'
import type { NodeMatch } from '../matching/match'
import { matchToGoBy } from '../matching/matcher'
import { assessNode, type NodeFactsForReadiness } from './assess'
import { createBudgetRule } from './budget-rules'
import { openFacts, spotGaps, type FactsAge, type SpotGaps } from './facts-state'
import { severities, type Finding } from './finding'
import { gather, type Hit } from './hit'
import { fullName, isMoved, workloadKeyOf, type KubeIndex } from './kube-index'
import { createLandingFinder, landingsOf, type Landing } from './landing'
import { fullFor, managedNow, type ClusterLimits, type ManagedNow, type SizedNode } from './limits'
import { createPlacementRule } from './placement-rules'
import { noSpotToleration, podRules } from './pod-rules'
import { findingOf, findingRules } from './rules'
import { isVersionUnsupported } from './versions'
import { workloadsFrom, type WorkloadAssessment } from './workloads'

/** A node of Get Cluster Nodes, as far as the rules look at it. */
export type ReportedNode = SizedNode & NonNullable<NodeFactsForReadiness['reported']>

export type NodeToAssess = { nodeName: string; match: NodeMatch; isMatchKnown: boolean; ownMatch?: NodeMatch; holdReason?: string }

export type ClusterToAssess = {
  /** The nodes that Get Migration Discovery shows. */
  nodes: readonly NodeToAssess[]
  /** All nodes of Get Cluster Nodes; null where it was not read. */
  reported: readonly ReportedNode[] | null
  /** Null where the groups were not read. */
  vngs: readonly Vng[] | null
  template: VngSpec | null
  limits: ClusterLimits | null
  heartbeat: HeartbeatState | 'not-read'
  heartbeatStatus?: string | null
  /** What Spot was asked for and did not give. */
  gaps?: SpotGaps
  /** Null where Kubernetes is not connected: nothing of it is missed then. */
  kube: KubeIndex | null
  age: FactsAge
}

export type NodeAssessment = {
  findings: Finding[]
  /** Which rule spoke about which pod of the node, for the list of pods. */
  hits: Hit[]
}

export type ClusterAssessment = {
  nodes: Map<string, NodeAssessment>
  /** About the cluster as a whole. */
  findings: Finding[]
  /** Empty without Kubernetes. */
  workloads: WorkloadAssessment[]
}

type Surroundings = { input: ClusterToAssess; landings: Landing[]; landingOf: (match: NodeMatch) => Landing | null; managed: ManagedNow; reported: Map<string, ReportedNode>; open: Finding[] }

/** A hold first, then what decides readiness, then the rest; each by severity. */
const byWeight = (a: Finding, b: Finding) => weightOf(a) - weightOf(b)
const weightOf = ({ id, severity }: Finding): number => {
  const { effect } = findingRules[id]
  if (effect === 'holds') return -1
  return severities.indexOf(severity) + (effect === 'none' ? severities.length : 0)
}

const surroundingsOf = (input: ClusterToAssess): Surroundings => {
  const landings = input.vngs === null ? [] : landingsOf(input.vngs, input.template)
  return {
    input,
    landings,
    landingOf: createLandingFinder(landings),
    managed: managedNow(input.reported ?? []),
    reported: new Map(input.reported?.map((node) => [node.nodeName, node])),
    open: [...spotGaps(input.gaps ?? {}), ...openFacts(input.kube?.facts ?? null, input.age)],
  }
}

const spotFindings = (node: NodeToAssess, landing: Landing | null, { input, managed, reported }: Surroundings): Finding[] => {
  const known = reported.get(node.nodeName) ?? null
  const { ownMatch, holdReason } = node
  const inKubernetes = input.kube?.nodes.get(node.nodeName)
  const about = assessNode({
    match: node.match,
    isMatchKnown: node.isMatchKnown,
    reported: known,
    heartbeat: input.heartbeat,
    heartbeatStatus: input.heartbeatStatus ?? null,
    ...(ownMatch === undefined ? {} : { ownMatch }),
    ...(holdReason === undefined ? {} : { holdReason }),
    ...(landing === null ? {} : { landing }),
    ...(inKubernetes === undefined ? {} : { isReadyInKubernetes: inKubernetes.isReady }),
    arePodsRead: input.kube?.facts.pods.state === 'read',
  })
  return [...about, ...fullFor(known, landing, managed, input.limits)]
}

const kubeNodeFindings = (nodeName: string, kube: KubeIndex): Finding[] => {
  const node = kube.nodes.get(nodeName)
  if (node === undefined) return []
  return [
    ...(isVersionUnsupported(node.kubeletVersion) ? [findingOf('version-unsupported', `Kubernetes ${node.kubeletVersion}`)] : []),
    ...(node.isUnschedulable ? [findingOf('node-cordoned')] : []),
  ]
}

const podRulesOnSpot = [...podRules, noSpotToleration]

/** Where the landing forecast disagrees with the match of the node. Taints have a rule of their own. */
const createElsewhereRule = (kube: KubeIndex, vngs: readonly Vng[], template: VngSpec) => {
  const forecast = createForecast({ vngs, template })
  return (pod: KubePod, match: NodeMatch, landing: Landing): Omit<Hit, 'podName'> | null => {
    const { group, keptFromMatch } = forecast(podToLand(pod, kube.claims), match)
    return group === null || keptFromMatch === null ? null : { id: 'lands-elsewhere', detail: `${group.name} takes them, ${landing.name} does not: ${keptFromMatch}` }
  }
}

/** Speaks about pods, one by one. */
const createPodJudge = (kube: KubeIndex, { input: { vngs, template }, landings }: Surroundings) => {
  const budgets = createBudgetRule(kube)
  // Without the template one place is missing, and "no group" could not be said of any pod.
  const arePlacesKnown = vngs !== null && template !== null
  const placement = arePlacesKnown ? createPlacementRule(kube, landings) : null
  const elsewhere = arePlacesKnown ? createElsewhereRule(kube, vngs, template) : null
  return (pod: KubePod, match: NodeMatch, landing: Landing | null): Hit[] => {
    const podName = fullName(pod)
    if (!isMoved(pod)) {
      const stays = pod.owner?.kind === 'DaemonSet' && landing !== null ? (placement?.ofDaemonSet(pod, landing) ?? null) : null
      return stays === null ? [] : [{ ...stays, podName }]
    }
    const hits: Hit[] = []
    const say = ({ id, detail }: Omit<Hit, 'podName'>) => void hits.push({ id, detail, podName })
    for (const rule of landing?.isSpot === true ? podRulesOnSpot : podRules) {
      const said = rule(pod, kube)
      if (said !== null) say(said)
    }
    budgets(pod).forEach(say)
    placement?.ofPod(pod, landing).forEach(say)
    if (landing !== null && placement?.isTaken(pod, landing) === false && !hits.some(({ id }) => id === 'taint-not-tolerated')) {
      const gone = elsewhere?.(pod, match, landing) ?? null
      if (gone !== null) say(gone)
    }
    return hits
  }
}

const pendingFinding = (kube: KubeIndex | null): Finding[] => {
  const pending = kube?.pending ?? []
  if (pending.length === 0) return []
  return [findingOf('pending-pods', `${counted(pending.length, 'pod')} ${pending.length === 1 ? 'is' : 'are'}`, pending.map(fullName))]
}

/**
 * Every finding of a cluster, before anything starts. The facts are indexed once and each pod is looked at
 * once: linear in nodes and pods, plus distinct constraints times groups. What weighs most stands first;
 * `readinessOf` says what the findings add up to.
 */
export const assessCluster = (input: ClusterToAssess): ClusterAssessment => {
  const around = surroundingsOf(input)
  const { kube } = input
  const judge = kube === null ? null : createPodJudge(kube, around)
  const nodes = new Map<string, NodeAssessment>()
  const byWorkload = new Map<string, { pods: KubePod[]; hits: Hit[] }>()

  const judgePods = (nodeName: string, match: NodeMatch, landing: Landing | null): Hit[] => {
    const found: Hit[] = []
    if (kube === null || judge === null) return found
    for (const pod of kube.podsByNode.get(nodeName) ?? []) {
      const hits = judge(pod, match, landing)
      found.push(...hits)
      const key = workloadKeyOf(pod)
      const known = byWorkload.get(key)
      if (known === undefined) byWorkload.set(key, { pods: [pod], hits })
      else {
        known.pods.push(pod)
        known.hits.push(...hits)
      }
    }
    return found
  }

  for (const node of input.nodes) {
    const match = matchToGoBy(node.match, node.ownMatch)
    const landing = around.landingOf(match)
    const hits = judgePods(node.nodeName, match, landing)
    const aboutNode = kube === null ? [] : kubeNodeFindings(node.nodeName, kube)
    const findings = [...spotFindings(node, landing, around), ...aboutNode, ...gather(hits), ...around.open]
    nodes.set(node.nodeName, { hits, findings: findings.sort(byWeight) })
  }
  return { nodes, findings: [...around.open, ...pendingFinding(kube)], workloads: kube === null ? [] : workloadsFrom(byWorkload, kube) }
}
