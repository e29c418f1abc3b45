import type { RunRecord } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import type { LandedPods, LandedPodsRead, LandingFacts } from '@/lib/domain/progress/landing-facts'

/** Namespaces that every cluster has tell nothing of this one. */
const everywhere: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])

const isInWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character)

/**
 * Puts stand-ins for names into a text, at each place for the longest: a pool's name is a part of its nodes' names.
 * `words` may be as short and common as `web`: they count only where no letter or digit stands beside them.
 */
const createReplacer = (standIns: ReadonlyMap<string, string>, words: ReadonlyMap<string, string>) => {
  const names = [...standIns.keys(), ...words.keys()].filter(({ length }) => length > 1)
  const lengths = [...new Set(names.map(({ length }) => length))].sort((a, b) => b - a)
  // Tens of thousands of names in thousands of lines: most places begin none, and there are few lengths.
  const beginnings = new Set(names.map((name) => name.slice(0, 2)))
  const nameAt = (text: string, at: number): string | undefined => {
    if (!beginnings.has(text.slice(at, at + 2))) return undefined
    const isWord = (length: number) => words.has(text.slice(at, at + length)) && !isInWord(text.charAt(at - 1)) && !isInWord(text.charAt(at + length))
    const length = lengths.find((each) => standIns.has(text.slice(at, at + each)) || isWord(each))
    return length === undefined ? undefined : text.slice(at, at + length)
  }
  return (text: string): string => {
    let replaced = ''
    for (let at = 0; at < text.length; ) {
      const name = nameAt(text, at) ?? ''
      replaced += name === '' ? text.charAt(at) : (standIns.get(name) ?? words.get(name) ?? '')
      at += Math.max(1, name.length)
    }
    return replaced
  }
}

/** Each name its stand-in, the same wherever it stands, numbered in the order of appearance. */
const makeNames = () => {
  const known = new Map<string, string>()
  const words = new Map<string, string>()
  const counts = new Map<string, number>()
  let replace = createReplacer(known, words)
  const numbered = (kind: string): string => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return `${kind}-${String(count).padStart(3, '0')}`
  }
  const of = (kind: string, name: string): string => {
    const standIn = known.get(name) ?? numbered(kind)
    known.set(name, standIn)
    return standIn
  }
  return {
    of,
    /** Of `namespace/…/name`; texts tell the namespace and the plain name apart from each other. */
    ofPath: (kind: string, path: string): string => {
      const standIn = of(kind, path)
      const [namespace = '', ...others] = path.split('/')
      if (!everywhere.has(namespace) && !words.has(namespace)) words.set(namespace, numbered('namespace'))
      const name = others.at(-1)
      if (name !== undefined && !words.has(name)) words.set(name, standIn)
      return standIn
    },
    /** From now on all that are known are found in texts as well. */
    finish: () => {
      replace = createReplacer(known, words)
    },
    within: (text: string): string => replace(text),
  }
}
type Names = ReturnType<typeof makeNames>

const maybe = (names: Names, kind: string, name: string | null): string | null => (name === null ? null : names.of(kind, name))

const target = (names: Names, { vngId, vngName }: { vngId: string | null; vngName: string | null }) => ({ vngId: maybe(names, 'vng-id', vngId), vngName: maybe(names, 'vng', vngName) })

/** The scheduler's words name taints, labels and claims that stand nowhere else in the record: only for how many pods it gave any is kept. */
const redactReasons = (reasons: LandedPodsRead['reasons']): LandedPodsRead['reasons'] =>
  reasons.length === 0 ? [] : [{ reason: 'the scheduler’s reasons are left out', pods: reasons.reduce((sum, { pods }) => sum + pods, 0) }]

const redactPods = (names: Names, pods: LandedPods): LandedPods => {
  if (pods.state === 'not-connected') return pods
  // Why it failed may name a context of the kubeconfig.
  if (pods.state === 'failed') return { state: 'failed', sentence: 'Kubernetes was not read.' }
  return {
    ...pods,
    reasons: redactReasons(pods.reasons),
    workloads: pods.workloads.map((name) => names.ofPath('workload', name)),
    standAlone: pods.standAlone.map(({ pod, nodeName }) => ({ pod: names.ofPath('pod', pod), nodeName: names.of('node', nodeName) })),
    goneStandAlone: pods.goneStandAlone.map((pod) => names.ofPath('pod', pod)),
    ...(pods.restricted === undefined ? {} : { restricted: pods.restricted.map((name) => names.of('node', name)) }),
    places: pods.places.map((place) => ({ ...place, workload: names.ofPath('workload', place.workload) })),
    oldNodes: pods.oldNodes.map((node) => ({ ...node, nodeName: names.of('node', node.nodeName) })),
  }
}

const redactLanding = (names: Names, body: LandingFacts): LandingFacts => {
  const nodes = (list: readonly string[]) => list.map((name) => names.of('node', name))
  return {
    ...body,
    problem: body.problem === null ? null : names.within(body.problem),
    newNodes: body.newNodes.map((node) => ({ ...node, ...target(names, node), nodeName: names.of('node', node.nodeName), poolName: maybe(names, 'pool', node.poolName) })),
    goneNew: nodes(body.goneNew),
    goneOld: nodes(body.goneOld),
    backOld: nodes(body.backOld),
    targets: body.targets.map(({ vngId, spotPercentage }) => ({ vngId: names.of('vng-id', vngId), spotPercentage })),
    pods: redactPods(names, body.pods),
  }
}

const redactChange = (names: Names, change: RunChange): RunChange => {
  switch (change.kind) {
    case 'node': {
      const { nodeName, poolName, podNames } = change.body
      return { ...change, body: { ...change.body, ...target(names, change.body), nodeName: names.of('node', nodeName), poolName: names.of('pool', poolName), podNames: podNames.map((pod) => names.of('pod', pod)) } }
    }
    case 'capacity':
      return { ...change, body: { ...change.body, ...target(names, change.body), poolName: names.of('pool', change.body.poolName) } }
    case 'log':
      return { ...change, body: { ...change.body, message: names.within(change.body.message) } }
    case 'anomaly':
      return { ...change, body: { sentence: names.within(change.body.sentence) } }
    case 'stop':
      return { ...change, body: { askedBy: names.of('person', change.body.askedBy) } }
    case 'landing':
      return { ...change, body: redactLanding(names, change.body) }
    case 'gap':
      return { ...change, body: { ...change.body, reason: names.within(change.body.reason) } }
    case 'run':
    case 'steps':
    case 'heartbeat':
      return change
  }
}

/**
 * The record without names: clusters, nodes, pools, groups, pods, namespaces, workloads and people get stand-ins, the
 * comment and the scheduler's reasons go. Log lines lose the names that the record knows; other words of them stay, which the page says.
 */
export const redactRecord = (record: RunRecord): RunRecord => {
  const names = makeNames()
  names.of('cluster', record.run.clusterId)
  const { clusterId, startedBy, nodePoolNames } = record.run
  const { predicted } = record
  // Once for the names alone: a line of the log may tell one before the look or the row of capacity that is about it.
  for (const change of record.changes) redactChange(names, change)
  for (const pool of nodePoolNames ?? []) names.of('pool', pool)
  maybe(names, 'person', startedBy)
  names.finish()
  return {
    ...record,
    run: {
      ...record.run,
      clusterId: names.of('cluster', clusterId),
      startedBy: maybe(names, 'person', startedBy),
      comment: '',
      ...(nodePoolNames === undefined ? {} : { nodePoolNames: nodePoolNames.map((pool) => names.of('pool', pool)) }),
    },
    ...(predicted === undefined ? {} : { predicted: { ...predicted, order: predicted.order.map((name) => names.of('node', name)) } }),
    changes: record.changes.map((change) => redactChange(names, change)),
  }
}
