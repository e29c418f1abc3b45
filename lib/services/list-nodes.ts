import 'server-only'
import type { NodeRow, NodeSpec, NodesAnswer } from '@/lib/contract/nodes'
import type { PartProblem } from '@/lib/contract/problem'
import { assessNode, type NodeFactsForReadiness } from '@/lib/domain/readiness/assess'
import { spotGaps } from '@/lib/domain/readiness/facts-state'
import type { Finding } from '@/lib/domain/readiness/finding'
import { readinessOf } from '@/lib/domain/readiness/readiness'
import type { DiscoveredNode } from '@/lib/spot/schemas/discovery'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { Verb } from './context'
import { createHoldReasons, createTable, gapsOf, namedMatch, readNodeFacts } from './node-facts'

const hostname = 'kubernetes.io/hostname'

const specOf = ({ labels, taints }: SpotNode): NodeSpec => {
  const { [hostname]: _own, ...shared } = labels
  return { labels: shared, taints }
}

/** What makes two specs equal. Written out by hand: a copy of every node's labels would cost more than the whole join. */
const specKey = ({ labels, taints }: SpotNode): string => {
  let key = ''
  for (const name in labels) if (name !== hostname) key += `${name}\n${labels[name]}\n`
  for (const taint of taints) key += `\t${taint}`
  return key
}

type Facts = {
  discovered: DiscoveredNode[]
  reported: SpotNode[] | null
  names: ReadonlyMap<string, string>
  areNamesRead: boolean
  controller: Pick<NodeFactsForReadiness, 'heartbeat' | 'heartbeatStatus'>
  gaps: readonly Finding[]
  holdReasonFor: ReturnType<typeof createHoldReasons>
}
type Assessed = Pick<NodeRow, 'match' | 'readiness' | 'findings'>

/** Joins discovery with what Get Cluster Nodes says of each node. Linear in the number of nodes. */
const buildRows = ({ discovered, reported, names, areNamesRead, controller, gaps, holdReasonFor }: Facts) => {
  const byName = new Map(reported?.map((node) => [node.nodeName, node]))
  const specs = createTable<NodeSpec>()
  const findings = createTable<Finding>()
  // Nodes of one pool differ in nothing that a rule looks at, so each kind is assessed once.
  const assessed = new Map<string, Assessed>()

  const assess = (item: DiscoveredNode, known: SpotNode | undefined, spec: number | null): Assessed => {
    const holdReason = holdReasonFor(item)
    const { match: raw } = item
    const key = `${spec} ${known?.nodeStatus} ${raw.kind} ${raw.kind === 'vng' ? raw.vngId : ''} ${holdReason ?? ''}`
    const found = assessed.get(key) ?? assessKind(raw, known, holdReason)
    assessed.set(key, found)
    return found
  }
  const assessKind = (raw: DiscoveredNode['match'], known: SpotNode | undefined, holdReason: string | undefined): Assessed => {
    const match = namedMatch(raw, names)
    const isMatchKnown = !areNamesRead || match.kind !== 'vng' || match.vngName !== null
    const found = [...assessNode({ match, isMatchKnown, reported: known ?? null, ...controller, ...(holdReason === undefined ? {} : { holdReason }) }), ...gaps]
    return { match, readiness: readinessOf(found), findings: found.map((finding) => findings.place(finding.sentence, () => finding)) }
  }

  const nodes = discovered.map((item): NodeRow => {
    const known = byName.get(item.nodeName)
    const spec = known === undefined ? null : specs.place(specKey(known), () => specOf(known))
    return {
      nodeName: item.nodeName,
      poolName: item.nodePoolName,
      runningPods: item.runningPods,
      ...assess(item, known, spec),
      vmSize: known?.vmSize ?? null,
      zone: known?.availabilityZone ?? null,
      spec,
    }
  })
  return { nodes, specs: specs.values, findings: findings.values }
}

const problemsOf = (part: NodesAnswer['problems'][number]['part'], problem: PartProblem | null) => (problem === null ? [] : [{ ...problem, part }])

/**
 * The nodes that could be migrated, with match and readiness. Discovery must answer; without the other
 * reads the rows are shown with what is known, and `problems` says what is missing.
 */
export const listNodes: Verb<{ clusterId: string }, NodesAnswer> = async ({ ctx, input: { clusterId } }) => {
  const { discovery, reported, vngs, beat, holds } = await readNodeFacts(ctx, clusterId)
  const names = new Map(vngs.data?.data.map(({ id, name }) => [id, name]))
  const rows = buildRows({
    discovered: discovery.data,
    reported: reported.data?.data ?? null,
    names,
    areNamesRead: vngs.data !== null,
    controller: { heartbeat: beat.problem === null ? beat.heartbeat.state : 'not-read', heartbeatStatus: beat.heartbeat.status },
    gaps: spotGaps(gapsOf({ reported, vngs, beat })),
    holdReasonFor: createHoldReasons(holds),
  })
  return {
    ...rows,
    vngs: [...names].map(([vngId, name]) => ({ vngId, name })),
    clusterNodes: reported.data?.data.length ?? null,
    fetchedAtMs: discovery.fetchedAtMs,
    problems: [
      ...problemsOf('cluster-nodes', reported.problem),
      ...problemsOf('vngs', vngs.problem),
      ...problemsOf('heartbeat', beat.problem),
    ],
    drift: [...discovery.drift, ...(reported.data?.drift ?? [])],
  }
}
