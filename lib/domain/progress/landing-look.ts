import { restrictsScaleDown, type KubeFacts, type KubeNode, type KubePod } from '@/lib/domain/kube-facts'
import { formatDuration } from '@/lib/format/duration'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { LandedNode, LandedPods, LandedPodsRead, LandingFacts } from './landing-facts'
import { isListRead, type LandingState } from './landing'

/** What a look found: a list, or why there is none. `kube` null: Kubernetes is not connected. */
export type LookInput = {
  batch: number | null
  isLast: boolean
  /** The run's nodes, and the pools that it says it scaled. */
  oldNames: ReadonlySet<string>
  /** Those of the run's nodes that it has moved: they may well be gone. */
  movedNames: ReadonlySet<string>
  scaledPools: ReadonlySet<string>
  /** The run is known to respect restrict scale down. */
  respectsRestriction: boolean
  /** When the run was made, by Spot's clock; nodes that are older were there before. */
  createdAtMs: number | null
  nodes: readonly SpotNode[] | { problem: string }
  targets: { vngId: string; spotPercentage: number }[]
  kube: Pick<KubeFacts, 'pods' | 'nodes'> | null
}

const isList = (nodes: LookInput['nodes']): nodes is readonly SpotNode[] => Array.isArray(nodes)

/** A managed node that came since the run began, or null. One whose age Spot does not tell is not counted. */
const landedOf = (node: SpotNode, { oldNames, scaledPools, createdAtMs }: LookInput): LandedNode | null => {
  const { nodeName, nodePoolName: poolName, virtualNodeGroupId: vngId, virtualNodeGroupName: vngName, lifeCycle: lifecycle, availabilityZone: zone, vmSize } = node
  const bornMs = node.createdAt === null ? Number.NaN : Date.parse(node.createdAt)
  if (oldNames.has(nodeName) || vngId === null || createdAtMs === null || !(bornMs >= createdAtMs)) return null
  return { nodeName, poolName, vngId, vngName, lifecycle, zone, vmSize, milliCpu: node.allocatableMilliCpu, isNamed: poolName !== null && scaledPools.has(poolName) }
}

const isSame = (a: LandedNode | undefined, b: LandedNode): boolean => a !== undefined && (Object.keys(b) as (keyof LandedNode)[]).every((key) => a[key] === b[key])

/** Nodes that a look before had and that nothing known has taken away. */
const expectedOf = (landing: LandingState, { oldNames, movedNames }: Pick<LookInput, 'oldNames' | 'movedNames'>): string[] => {
  if (!isListRead(landing)) return []
  const old = [...oldNames].filter((name) => !movedNames.has(name) && !landing.goneOld.has(name) && !landing.neverListed.has(name))
  return [...old, ...[...landing.newNodes.values()].flatMap(({ nodeName, goneAtMs }) => (goneAtMs === null ? [nodeName] : []))]
}

/**
 * Why a list of nodes is not believed, or null: a cluster on which a run goes on has nodes, and not all that were
 * expected are gone at once. A single node is: one can be evicted or deleted.
 */
export const doubtOf = (landing: LandingState, input: Pick<LookInput, 'oldNames' | 'movedNames'>, nodes: readonly SpotNode[]): string | null => {
  if (nodes.length === 0) return 'Spot’s list of nodes was empty, twice. Nothing is concluded from it.'
  const expected = expectedOf(landing, input)
  const listed = new Set(nodes.map(({ nodeName }) => nodeName))
  if (expected.length < 2 || expected.some((name) => listed.has(name))) return null
  return `Spot’s list of nodes had none of the ${expected.length} nodes that it should have, twice. Nothing is concluded from it.`
}

type NodePart = Pick<LandingFacts, 'problem' | 'newNodes' | 'goneNew' | 'goneOld' | 'backOld'>

const nodesOf = (landing: LandingState, input: LookInput): NodePart => {
  const { nodes, oldNames } = input
  const problem = isList(nodes) ? doubtOf(landing, input, nodes) : nodes.problem
  if (!isList(nodes) || problem !== null) return { problem, newNodes: [], goneNew: [], goneOld: [], backOld: [] }
  const listed = new Set(nodes.map(({ nodeName }) => nodeName))
  const landed = nodes.flatMap((node) => landedOf(node, input) ?? [])
  const isAbsent = (name: string) => landing.goneOld.has(name) || landing.neverListed.has(name)
  const old = [...oldNames]
  return {
    problem: null,
    newNodes: landed.filter((node) => {
      const known = landing.newNodes.get(node.nodeName)
      return known?.goneAtMs != null || !isSame(known, node)
    }),
    goneNew: [...landing.newNodes.values()].flatMap(({ nodeName, goneAtMs }) => (goneAtMs === null && !listed.has(nodeName) ? [nodeName] : [])),
    goneOld: old.filter((name) => !listed.has(name) && !(isListRead(landing) && isAbsent(name))),
    backOld: isListRead(landing) ? old.filter((name) => listed.has(name) && isAbsent(name)) : [],
  }
}

/** Limits of what one look stores: a run of a thousand nodes stays under two megabytes. */
const most = { workloads: 2_000, standAlone: 1_000, places: 200, placesBetween: 50, reasons: 5, reasonLength: 200 }

const workloadOf = ({ namespace, owner }: KubePod): string | null => (owner === null || owner.kind === 'DaemonSet' || owner.kind === 'Node' ? null : `${namespace}/${owner.kind}/${owner.name}`)

/** Phases of a pod that runs no more: it holds nothing. */
const ended: ReadonlySet<string> = new Set(['Succeeded', 'Failed'])

type Place = { onNew: number; onOld: number; elsewhere: number; pending: number }
const nowhere = (): Place => ({ onNew: 0, onOld: 0, elsewhere: 0, pending: 0 })

const placeOf = ({ nodeName }: KubePod, oldNames: ReadonlySet<string>, landed: ReadonlySet<string>): keyof Place => {
  if (nodeName === null) return 'pending'
  if (landed.has(nodeName)) return 'onNew'
  return oldNames.has(nodeName) ? 'onOld' : 'elsewhere'
}

const reasonsOf = (pods: readonly KubePod[]): LandedPodsRead['reasons'] => {
  const counts = new Map<string, number>()
  for (const { pendingReason } of pods) {
    const reason = (pendingReason ?? 'no reason given').slice(0, most.reasonLength)
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return [...counts].map(([reason, count]) => ({ reason, pods: count })).sort((a, b) => b.pods - a.pods).slice(0, most.reasons)
}

const tally = (pods: readonly KubePod[], workloads: ReadonlySet<string>, placeIn: (pod: KubePod) => keyof Place) => {
  const places = new Map<string, Place>()
  const total = nowhere()
  const pending: KubePod[] = []
  for (const pod of pods) {
    const workload = workloadOf(pod)
    if (workload === null || !workloads.has(workload) || pod.isTerminating) continue
    const where = placeIn(pod)
    if (where === 'pending') pending.push(pod)
    const place = places.get(workload) ?? nowhere()
    place[where] += 1
    total[where] += 1
    places.set(workload, place)
  }
  return { places, total, pending }
}

const oldNodesOf = (oldNames: ReadonlySet<string>, nodes: readonly KubeNode[], pods: readonly KubePod[]): LandedPodsRead['oldNodes'] => {
  const counts = new Map<string, number>()
  for (const { nodeName, owner } of pods) if (nodeName !== null && owner?.kind !== 'DaemonSet' && owner?.kind !== 'Node') counts.set(nodeName, (counts.get(nodeName) ?? 0) + 1)
  return nodes.flatMap(({ name, isUnschedulable }) => (oldNames.has(name) ? [{ nodeName: name, isCordoned: isUnschedulable, pods: counts.get(name) ?? 0 }] : []))
}

const standAloneOf = (pods: readonly KubePod[], oldNames: ReadonlySet<string>, { standAlone }: LandingState) =>
  pods.flatMap(({ namespace, name, nodeName, owner }) => {
    const pod = `${namespace}/${name}`
    return owner === null && nodeName !== null && oldNames.has(nodeName) && !standAlone.has(pod) ? [{ pod, nodeName }] : []
  })

const restrictedOf = (pods: readonly KubePod[], oldNames: ReadonlySet<string>, { restricted }: LandingState): string[] => {
  const found = pods.flatMap((pod) => (pod.nodeName !== null && !pod.isTerminating && !ended.has(pod.phase) && restrictsScaleDown(pod) ? [pod.nodeName] : []))
  return [...new Set(found)].filter((name) => oldNames.has(name) && !restricted.has(name))
}

const goneStandAlone = ({ standAlone }: LandingState, there: ReadonlySet<string>): string[] => [...standAlone].flatMap(([pod, { isGone }]) => (isGone || there.has(pod) ? [] : [pod]))

const podsOf = (landing: LandingState, input: LookInput, newNames: readonly string[]): LandedPods => {
  const { kube, isLast, batch, oldNames } = input
  if (kube === null) return { state: 'not-connected' }
  if (kube.pods.state !== 'read') return { state: 'failed', sentence: kube.pods.state === 'failed' ? kube.pods.sentence : 'Kubernetes was not read.' }
  const pods = kube.pods.items
  const found = pods.flatMap((pod) => (pod.nodeName !== null && oldNames.has(pod.nodeName) ? (workloadOf(pod) ?? []) : []))
  const learned = [...new Set(found)].filter((workload) => !landing.workloads.has(workload)).slice(0, Math.max(0, most.workloads - landing.workloads.size))
  const landed = new Set([...landing.newNodes.keys(), ...newNames])
  const { places, total, pending } = tally(pods, new Set([...landing.workloads, ...learned]), (pod) => placeOf(pod, oldNames, landed))
  const sorted = [...places].map(([workload, place]) => ({ workload, ...place })).sort((a, b) => b.pending - a.pending || b.onOld - a.onOld || (a.workload < b.workload ? -1 : 1))
  // Before the first batch every pod still stands where it stood.
  const restricted = input.respectsRestriction ? restrictedOf(pods, oldNames, landing) : []
  const told = isLast ? most.places : batch === 0 ? 0 : most.placesBetween
  return {
    state: 'read',
    ...total,
    reasons: reasonsOf(pending),
    workloads: learned,
    standAlone: standAloneOf(pods, oldNames, landing).slice(0, Math.max(0, most.standAlone - landing.standAlone.size)),
    goneStandAlone: goneStandAlone(landing, new Set(pods.map(({ namespace, name }) => `${namespace}/${name}`))),
    ...(restricted.length === 0 ? {} : { restricted }),
    places: sorted.slice(0, told),
    left: told === 0 ? 0 : Math.max(0, sorted.length - told),
    oldNodes: isLast && kube.nodes.state === 'read' ? oldNodesOf(oldNames, kube.nodes.items, pods) : [],
  }
}

/** What a look at the cluster adds to what the looks before have told. */
export const lookOf = (landing: LandingState, input: LookInput): LandingFacts => {
  const nodes = nodesOf(landing, input)
  const { batch, isLast, targets } = input
  const used = new Set([...landing.newNodes.values(), ...nodes.newNodes].map(({ vngId }) => vngId))
  return { batch, isLast, ...nodes, targets: targets.filter(({ vngId }) => used.has(vngId)), pods: podsOf(landing, input, nodes.newNodes.map(({ nodeName }) => nodeName)) }
}

/** The last look of a run whose end was read only `lateMs` after it: nobody knows what the cluster was like then. */
export const missedLook = (batch: number | null, lateMs: number): LandingFacts => {
  const sentence = `The end of this run was read ${Number.isFinite(lateMs) ? formatDuration(lateMs) : 'long'} after it, when the cluster told no more how the run had left it.`
  return { batch, isLast: true, problem: sentence, newNodes: [], goneNew: [], goneOld: [], backOld: [], targets: [], pods: { state: 'failed', sentence } }
}
