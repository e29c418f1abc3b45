import 'server-only'
import type { LaunchRow } from '@/lib/db/queries/launches'
import { insertKit } from '@/lib/db/queries/rollback-kits'
import type { RollbackFacts, RollbackKit } from '@/lib/domain/plan/rollback'
import type { DiscoveredNode } from '@/lib/spot/schemas/discovery'
import { launchPatience } from './cluster-facts'
import type { Context } from './context'
import { readRollbackFacts } from './read-rollback-facts'

const isByNode = ({ nodeNames = [] }: LaunchRow['payload']) => nodeNames.length > 0

const selectionOf = (payload: LaunchRow['payload']): RollbackKit['selection'] =>
  isByNode(payload) ? { kind: 'nodes', names: payload.nodeNames ?? [] } : { kind: 'pools', names: payload.nodePoolNames ?? [] }

const orNone = async <Data>(ctx: Context, promise: Promise<Data>): Promise<Data | null> => {
  try {
    return await promise
  } catch (error) {
    ctx.log.warn({ requestId: ctx.requestId, fault: error instanceof Error ? error.name : 'unknown' }, 'the rollback kit of a launch could not be made')
    return null
  }
}

/** What going back would need, or null: a kit that cannot be made never stands in the way of a launch. */
export const rollbackFactsOrNone = (ctx: Context, clusterId: string): Promise<RollbackFacts | null> => orNone(ctx, readRollbackFacts(ctx, clusterId, launchPatience))

type Reviewed = { nodeNames: string[]; discovered: readonly Pick<DiscoveredNode, 'nodeName' | 'nodePoolName'>[] }

const poolsOf = ({ nodeNames, discovered }: Reviewed): string[] => {
  const names = new Set(nodeNames)
  return [...new Set(discovered.flatMap(({ nodeName, nodePoolName }) => (names.has(nodeName) && nodePoolName !== '' ? [nodePoolName] : [])))].sort()
}

/** Keeps with a launch what was read before it, and before it is sent. Without facts nothing is kept, and the run's page says so. */
export const keepRollbackKit = async (ctx: Context, { id, accountId, clusterId, displayName, payload }: LaunchRow, facts: RollbackFacts | null, reviewed: Reviewed): Promise<void> => {
  if (facts === null) return
  const named = isByNode(payload) ? {} : { nodeNames: reviewed.nodeNames }
  const kit: RollbackKit = { facts, clusterId, startedBy: displayName, selection: selectionOf(payload), ...named, poolNames: poolsOf(reviewed), options: payload.options, comment: payload.comment }
  await orNone(ctx, insertKit(ctx.db, { launchId: id, accountId, clusterId, kit, createdAt: new Date(ctx.now()) }))
}
