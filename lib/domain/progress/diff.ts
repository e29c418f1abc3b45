import type { Migration } from '@/lib/spot/schemas/migration'
import type { NewRunChange } from './change'
import { capacityChanges } from './diff-capacity'
import { missingNodes, nodeChanges } from './diff-nodes'
import { backOn, factsOf, runChanges, wentBack } from './diff-run'
import { anomaly } from './diff-support'
import { isOnNow } from './reading'
import { isRunOver, type RunState } from './state'

/** The same contradiction is noted once, however many readings repeat it. */
const notedOnce = (before: RunState, changes: NewRunChange[]): NewRunChange[] => {
  const known = new Set(before.anomalies.map(({ sentence }) => sentence))
  return changes.filter((change) => change.kind !== 'anomaly' || !known.has(change.body.sentence))
}

const lostNodes = 'Spot listed no nodes for a run that had some. The record keeps them.'

/**
 * What a reading of the run adds to what is known; `isRepeated`: it goes back, as the one before it did, and lower
 * figures that two readings in a row tell are believed. An upstream that goes back in time (a node that was
 * further or ended otherwise, an earlier batch, nodes that are left out, new capacity that falls) is noted as an
 * anomaly and not believed. A run that was over and is on again is noted and believed: nobody reads it again otherwise,
 * and it is people who must know that it goes on.
 */
export const diffMigration = (before: RunState, migration: Migration, isRepeated = false): NewRunChange[] => {
  const facts = factsOf(before.facts, migration)
  const isBackOn = isRunOver(before) && isOnNow(migration)
  const contradiction = before.facts === null || isBackOn || isRepeated ? null : wentBack(before.facts, facts)
  const run = isBackOn ? backOn(before, facts) : runChanges(before, facts, contradiction, isRepeated)
  if (before.nodes.size > 0 && migration.oldNodes.length === 0) return notedOnce(before, [anomaly(lostNodes), ...run])
  const isOldNews = contradiction !== null
  return notedOnce(before, [...run, ...nodeChanges(before, migration, isOldNews), ...(isOldNews ? [] : [...missingNodes(before, migration), ...capacityChanges(before, migration)])])
}
