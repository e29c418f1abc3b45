import type { LandedNode, LandedPods, LandedPodsRead, LandingFacts } from './landing-facts'

export type SeenNode = LandedNode & { seenAtMs: number; goneAtMs: number | null }
/** `wasWhole`: no node can have lost a pod to the run by then. */
export type LandingLook = Pick<LandingFacts, 'batch' | 'isLast' | 'problem'> & { atMs: number; newNodes: number; wasWhole: boolean; pods: LandedPods }

/** What the looks at the cluster have told so far. */
export type LandingState = {
  looks: readonly LandingLook[]
  newNodes: ReadonlyMap<string, SeenNode>
  /** Nodes of the run that the list had and has no longer, with when that was seen. */
  goneOld: ReadonlyMap<string, number>
  /** Nodes of the run that the first look did not find: whether they were there is not known. */
  neverListed: ReadonlySet<string>
  targets: ReadonlyMap<string, number>
  workloads: ReadonlySet<string>
  /** Stand-alone pods that stood on the run's nodes. */
  standAlone: ReadonlyMap<string, { nodeName: string; isGone: boolean }>
  /** Nodes of a run that respects restrict scale down on which a look saw a pod that restricts it. */
  restricted: ReadonlySet<string>
}

export const noLanding: LandingState = { looks: [], newNodes: new Map(), goneOld: new Map(), neverListed: new Set(), targets: new Map(), workloads: new Set(), standAlone: new Map(), restricted: new Set() }

/** True once Spot's list was read for this run: from then on a node that is not gone is there. */
export const isListRead = ({ looks }: LandingState): boolean => looks.some(({ problem }) => problem === null)

/** Why the last look tells nothing of nodes; null where it does, and where nobody has looked. */
export const lastProblemOf = ({ looks }: LandingState): string | null => looks.at(-1)?.problem ?? null

const withPods = (before: LandingState, pods: LandedPods): Pick<LandingState, 'workloads' | 'standAlone' | 'restricted'> => {
  if (pods.state !== 'read') return { workloads: before.workloads, standAlone: before.standAlone, restricted: before.restricted }
  const standAlone = new Map(before.standAlone)
  for (const { pod, nodeName } of pods.standAlone) standAlone.set(pod, { nodeName, isGone: false })
  for (const pod of pods.goneStandAlone) {
    const known = standAlone.get(pod)
    if (known) standAlone.set(pod, { ...known, isGone: true })
  }
  return {
    workloads: pods.workloads.length === 0 ? before.workloads : new Set([...before.workloads, ...pods.workloads]),
    standAlone,
    restricted: pods.restricted === undefined ? before.restricted : new Set([...before.restricted, ...pods.restricted]),
  }
}

const withOldNodes = (before: LandingState, { problem, goneOld, backOld }: LandingFacts, atMs: number): Pick<LandingState, 'goneOld' | 'neverListed'> => {
  if (problem !== null) return { goneOld: before.goneOld, neverListed: before.neverListed }
  if (!isListRead(before)) return { goneOld: before.goneOld, neverListed: new Set(goneOld) }
  const gone = new Map(before.goneOld)
  const never = new Set(before.neverListed)
  for (const name of goneOld) gone.set(name, atMs)
  for (const name of backOld) {
    gone.delete(name)
    never.delete(name)
  }
  return { goneOld: gone, neverListed: never }
}

const withNewNodes = (before: LandingState, { newNodes, goneNew }: LandingFacts, atMs: number): ReadonlyMap<string, SeenNode> => {
  const nodes = new Map(before.newNodes)
  for (const node of newNodes) nodes.set(node.nodeName, { ...node, seenAtMs: nodes.get(node.nodeName)?.seenAtMs ?? atMs, goneAtMs: null })
  for (const name of goneNew) {
    const known = nodes.get(name)
    if (known) nodes.set(name, { ...known, goneAtMs: atMs })
  }
  return nodes
}

/** The landing after one more look. */
export const applyLanding = (before: LandingState, facts: LandingFacts, atMs: number, wasWhole = false): LandingState => {
  const newNodes = withNewNodes(before, facts, atMs)
  const look = { atMs, batch: facts.batch, isLast: facts.isLast, problem: facts.problem, newNodes: newNodes.size, wasWhole, pods: facts.pods }
  return {
    looks: [...before.looks, look],
    newNodes,
    ...withOldNodes(before, facts, atMs),
    targets: new Map([...before.targets, ...facts.targets.map(({ vngId, spotPercentage }) => [vngId, spotPercentage] as const)]),
    ...withPods(before, facts.pods),
  }
}

/** What the last look read of pods from Kubernetes; null when it did not. An earlier one tells nothing of what is so now. */
export const lastPodsOf = ({ looks }: LandingState): (LandedPodsRead & { atMs: number }) | null => {
  const last = looks.at(-1)
  return last?.pods.state === 'read' ? { ...last.pods, atMs: last.atMs } : null
}

/** The run's nodes as Kubernetes showed them at the end of the run; none where it was not read then. */
export const nodesAtEnd = (landing: LandingState): ReadonlyMap<string, { isCordoned: boolean; pods: number }> => {
  const read = landing.looks.at(-1)?.isLast === true ? lastPodsOf(landing) : null
  // A cluster whose nodes could not be read while its pods could has an empty list, which says nothing.
  return new Map((read?.oldNodes ?? []).map((node) => [node.nodeName, node]))
}
