import 'server-only'
import type { HeartbeatAnswer } from '@/lib/contract/clusters'
import type { Hold } from '@/lib/contract/holds'
import type { PartProblem } from '@/lib/contract/problem'
import { createHoldFinder, holdReasonOf } from '@/lib/domain/holds/covering'
import type { NodeMatch } from '@/lib/domain/matching/match'
import type { SpotGaps } from '@/lib/domain/readiness/facts-state'
import type { DiscoveredNode } from '@/lib/spot/schemas/discovery'
import type { SpotNode } from '@/lib/spot/schemas/node'
import type { Vng } from '@/lib/spot/schemas/vng'
import type { ReadOptions, SpotRead } from '@/lib/spot/types'
import type { Context } from './context'
import { readHeartbeat } from './heartbeat'
import { readPart } from './part'
import { readHolds } from './read-holds'

type Part<Data> = { data: SpotRead<Data>; problem: null } | { data: null; problem: PartProblem }

/** What Spot says of the nodes that could be migrated, and what people hold of them. Discovery must answer; the rest of Spot may be missing. */
export type NodeFacts = {
  discovery: SpotRead<DiscoveredNode[]>
  reported: Part<SpotNode[]>
  vngs: Part<Vng[]>
  beat: { heartbeat: HeartbeatAnswer; problem: PartProblem | null }
  holds: Hold[]
}

/** Reads them all at once; readers within seconds of each other share the answers. */
export const readNodeFacts = async (ctx: Context, clusterId: string, options: ReadOptions = {}): Promise<NodeFacts> => {
  const [discovery, reported, vngs, beat, { holds }] = await Promise.all([
    ctx.spot.discover(clusterId, { ...options, withPods: true }),
    readPart(ctx.spot.listNodes(clusterId, options)),
    readPart(ctx.spot.listVngs(clusterId, options)),
    readHeartbeat(ctx.spot, clusterId, ctx.now(), options),
    readHolds(ctx, clusterId),
  ])
  return { discovery, reported, vngs, beat, holds }
}

/** What was asked for beside discovery and did not come, with the reason. */
export const gapsOf = ({ reported, vngs, beat }: Pick<NodeFacts, 'reported' | 'vngs' | 'beat'>): SpotGaps =>
  Object.fromEntries(
    Object.entries({ 'cluster-nodes': reported.problem, vngs: vngs.problem, heartbeat: beat.problem }).flatMap(([part, problem]) => (problem === null ? [] : [[part, problem.detail]])),
  )

/** Why people hold a node, if they do. */
export const createHoldReasons = (holds: readonly Hold[]) => {
  const holdsOf = createHoldFinder(holds)
  return ({ nodeName, nodePoolName }: Pick<DiscoveredNode, 'nodeName' | 'nodePoolName'>): string | undefined => holdReasonOf(holdsOf({ nodeName, poolName: nodePoolName }))
}

/** A match with the name of its group, where the list of groups has it. */
export const namedMatch = (raw: DiscoveredNode['match'], names: ReadonlyMap<string, string>): NodeMatch =>
  raw.kind === 'vng' ? { ...raw, vngName: names.get(raw.vngId) ?? null } : raw

/** Gives equal values one place in a list, so that an answer holds each only once. */
export const createTable = <Value>() => {
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
