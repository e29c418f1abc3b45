import 'server-only'
import type { NodeRow, NodeSpec, NodesAnswer } from '@/lib/contract/nodes'
import type { PartProblem } from '@/lib/contract/problem'
import type { NodeMatch } from '@/lib/domain/matching/match'
import { assessNode, readinessOf, type HeartbeatState } from '@/lib/domain/readiness/assess'
import type { Finding } from '@/lib/domain/readiness/finding'
import type { DiscoveredNode } from '@/lib/spot/schemas/discovery'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { Verb } from './context'
import { readHeartbeat } from './heartbeat'
import { readPart } from './part'

/** Gives equal values one place in a list, so that an answer holds each only once. */
const createTable = <Value>() => {
  const values: Value[] = []
  const places = new Map<string, number>()
  return {
    values,
    place: (key: string, make: () => Value): number => {
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, values.length)
      return values.push(make()) - 1
    },
  }
}

const hostname = 'kubernetes.io/hostname'

const specOf = ({ labels, taints }: SpotNode): NodeSpec => {
  const { [hostname]: _own, ...shared } = labels
  return { labels: shared, taints }
}

const matchOf = (raw: DiscoveredNode['match'], names: ReadonlyMap<string, string>): NodeMatch =>
  raw.kind === 'vng' ? { ...raw, vngName: names.get(raw.vngId) ?? null } : raw

type Facts = { discovered: DiscoveredNode[]; reported: SpotNode[] | null; names: ReadonlyMap<string, string>; areNamesRead: boolean; heartbeat: HeartbeatState }

/** Joins discovery with what Get Cluster Nodes says of each node. Linear in the number of nodes. */
const buildRows = ({ discovered, reported, names, areNamesRead, heartbeat }: Facts) => {
  const byName = new Map(reported?.map((node) => [node.nodeName, node]))
  const specs = createTable<NodeSpec>()
  const findings = createTable<Finding>()
  const nodes = discovered.map((item): NodeRow => {
    const known = byName.get(item.nodeName)
    const match = matchOf(item.match, names)
    const found = assessNode({ match, isMatchKnown: !areNamesRead || match.kind !== 'vng' || match.vngName !== null, reported: known ?? null, heartbeat })
    const spec = known === undefined ? null : specOf(known)
    return {
      nodeName: item.nodeName,
      poolName: item.nodePoolName,
      runningPods: item.runningPods,
      match,
      readiness: readinessOf(found),
      findings: found.map((finding) => findings.place(finding.sentence, () => finding)),
      vmSize: known?.vmSize ?? null,
      zone: known?.availabilityZone ?? null,
      spec: spec === null ? null : specs.place(JSON.stringify(spec), () => spec),
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
  const [discovery, reported, vngs, beat] = await Promise.all([
    ctx.spot.discover(clusterId, { withPods: true }),
    readPart(ctx.spot.listNodes(clusterId)),
    readPart(ctx.spot.listVngs(clusterId)),
    readHeartbeat(ctx.spot, clusterId, ctx.now()),
  ])
  const names = new Map(vngs.data?.data.map(({ id, name }) => [id, name]))
  const rows = buildRows({ discovered: discovery.data, reported: reported.data?.data ?? null, names, areNamesRead: vngs.data !== null, heartbeat: beat.heartbeat.state })
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
