import type { Migration, ScaleNodePool } from '@/lib/spot/schemas/migration'
import { counted } from '@/lib/format/plural'
import type { CapacityFacts, NewRunChange } from './change'
import { anomaly, isSame, uniqueBy } from './diff-support'
import { capacityKey, type RunState } from './state'

const capacityOf = (row: ScaleNodePool): CapacityFacts => ({
  poolName: row.nodePoolName,
  vngId: row.vngId,
  vngName: row.vngName,
  newNodes: row.newNodes,
  status: row.status,
})

const isScaling = ({ status }: CapacityFacts) => status.toUpperCase() === 'SCALING'

/** A pool that has what it asked for does not lose it, nor ask for it again within a batch: the next batch asks for more. */
const isCapacityBack = (known: CapacityFacts, next: CapacityFacts, isSameBatch: boolean): boolean =>
  isSameBatch && !isScaling(known) && (next.newNodes < known.newNodes || (isScaling(next) && next.newNodes === known.newNodes))

const capacityBack = (known: CapacityFacts, next: CapacityFacts): NewRunChange =>
  anomaly(`Spot called the new capacity in ${next.poolName} ${next.status} with ${counted(next.newNodes, 'node')} after it had been ${known.status} with ${known.newNodes}. The record keeps the earlier answer.`)

/** What is new of the new capacity of each pool and group. */
export const capacityChanges = (before: RunState, migration: Migration): NewRunChange[] =>
  uniqueBy(migration.scaleNodePools.map(capacityOf), capacityKey).flatMap((row): NewRunChange[] => {
    const known = before.capacity.get(capacityKey(row))
    if (isSame(known, row)) return []
    return known !== undefined && isCapacityBack(known, row, before.facts?.currentBatch === migration.currentBatch) ? [capacityBack(known, row)] : [{ kind: 'capacity', body: row }]
  })
