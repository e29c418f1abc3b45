import type { Migration, OldNode, ScaleNodePool } from '@/lib/spot/schemas/migration'
import { counted } from '@/lib/format/plural'
import { deletedStatus, endWords, hasEnded, isFinalNode, isFinalRun, nodeLabel, outcomeOf, type Outcome } from '../run-rules'
import type { CapacityFacts, NewRunChange, NodeFacts, RunFacts, StepsFacts } from './change'
import { endsOf, isOnNow } from './reading'
import { capacityKey, isRunOver, type NodeState, type RunState } from './state'

/** A word that nobody knows is believed to be the last once it was said twice in a row with an end: nobody reads the run again then. */
const isEndInOwnWord = ({ status, completedAtMs, stoppedAtMs, erredAtMs }: RunFacts): boolean =>
  !isFinalRun(status) && hasEnded(status, completedAtMs ?? stoppedAtMs ?? erredAtMs)

const factsOf = (before: RunFacts | null, migration: Migration): RunFacts => {
  const facts: RunFacts = {
    status: migration.status,
    currentBatch: migration.currentBatch,
    numOfBatches: migration.numOfBatches,
    progressPercentage: migration.progressPercentage,
    ...endsOf(migration),
  }
  return before !== null && isEndInOwnWord(before) && isEndInOwnWord(facts) ? { ...facts, isOver: true } : facts
}

/** True when the run is over with this reading. */
export const endsRun = ({ facts }: RunState, migration: Migration): boolean => isRunOver({ facts: factsOf(facts, migration) })

/** A reading, and the batch that was current in the one before it; null when that was not told. */
type Reading = { migration: Migration; batchBefore: number | null }

/**
 * The batch of a node is not in the API. A node that is moving belongs to the batch that is current. One that
 * was settled since it was last told does so only when no other batch can have been on in between; otherwise
 * its batch is not known. A node that was never tried has none.
 */
const batchOf = (node: OldNode, before: NodeState | undefined, { migration: { currentBatch }, batchBefore }: Reading): number | null => {
  if (before?.batch != null) return before.batch
  const outcome = outcomeOf(node.status)
  if (outcome === 'moving') return currentBatch
  if (outcome === 'toGo' || outcome === 'untouched' || outcome === 'unknown') return null
  const wasOpen = before !== undefined && !isFinalNode(before.status)
  return currentBatch === 1 || (wasOpen && currentBatch === batchBefore) ? currentBatch : null
}

const nodeFactsOf = (node: OldNode, before: NodeState | undefined, reading: Reading): NodeFacts => ({
  nodeName: node.nodeName,
  poolName: node.nodePoolName,
  vngId: node.vngId,
  vngName: node.vngName,
  status: node.status,
  runningPods: node.runningPods,
  podNames: node.podDetails.map(({ podName }) => podName),
  batch: batchOf(node, before, reading),
})

const sameTexts = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((text, index) => text === b[index])

const isSameNode = (before: NodeState, next: NodeFacts): boolean =>
  before.status === next.status &&
  before.runningPods === next.runningPods &&
  before.vngId === next.vngId &&
  before.vngName === next.vngName &&
  before.batch === next.batch &&
  before.poolName === next.poolName &&
  sameTexts(before.podNames, next.podNames)

const isSame = <Facts extends object>(before: Facts | null | undefined, next: Facts): boolean =>
  before != null && (Object.keys(next) as (keyof Facts)[]).every((key) => before[key] === next[key])

const capacityOf = (row: ScaleNodePool): CapacityFacts => ({
  poolName: row.nodePoolName,
  vngId: row.vngId,
  vngName: row.vngName,
  newNodes: row.newNodes,
  status: row.status,
})

const anomaly = (sentence: string): NewRunChange => ({ kind: 'anomaly', body: { sentence } })

const followed = 'The record follows when the next reading says so too.'

const fell = (before: RunFacts, next: RunFacts): string | null => {
  if (isFinalRun(next.status)) return null
  if (next.currentBatch !== null && before.currentBatch !== null && next.currentBatch < before.currentBatch)
    return `Spot went back from batch ${before.currentBatch} to batch ${next.currentBatch}. ${followed}`
  if (next.progressPercentage !== null && before.progressPercentage !== null && next.progressPercentage < before.progressPercentage)
    return `Spot went back from ${Math.round(before.progressPercentage)} % to ${Math.round(next.progressPercentage)} %. ${followed}`
  return null
}

const wentBack = (before: RunFacts, next: RunFacts): string | null =>
  isFinalRun(before.status) && !isFinalRun(next.status) ? `Spot called the run ${next.status} after it had ended as ${before.status}. The record keeps the end.` : fell(before, next)

/** True when a reading goes back behind the figures that are known. */
export const goesBack = ({ facts }: RunState, migration: Migration): boolean => facts !== null && !isFinalRun(facts.status) && fell(facts, factsOf(facts, migration)) !== null

/** A run that was over goes on: Spot had told an end that was none, and what was told with it. */
const backOn = (before: RunState, next: RunFacts): NewRunChange[] => {
  const known = before.facts ?? next
  const when = new Date(before.lastAtMs ?? 0).toISOString()
  const end = known.status === deletedStatus ? `Spot did not know this run any more at ${when}` : `Spot said by ${when} that this run was over (${endWords(known.status)})`
  return [anomaly(`${end}, and now says that it is on. The record goes on.`), { kind: 'run', body: told(known, next) }]
}

const later = (before: number | null, next: number | null): number | null =>
  before === null || next === null ? (next ?? before) : Math.max(before, next)

/** What is told, with what was known where that is no longer said. */
const told = (before: RunFacts, next: RunFacts): RunFacts => ({
  ...next,
  currentBatch: next.currentBatch ?? before.currentBatch,
  numOfBatches: next.numOfBatches ?? before.numOfBatches,
  progressPercentage: next.progressPercentage ?? before.progressPercentage,
})

/** What was known and is no longer said stays known, but for an end; counters do not fall. */
const merged = (before: RunFacts, next: RunFacts): RunFacts => ({
  ...(isFinalRun(before.status) && !isFinalRun(next.status) ? before : next),
  currentBatch: later(before.currentBatch, next.currentBatch),
  numOfBatches: next.numOfBatches ?? before.numOfBatches,
  progressPercentage: later(before.progressPercentage, next.progressPercentage),
})

const runChanges = ({ facts }: RunState, next: RunFacts, contradiction: string | null, isRepeated: boolean): NewRunChange[] => {
  if (facts === null) return [{ kind: 'run', body: next }]
  const noted = contradiction === null ? [] : [anomaly(contradiction)]
  const body = isRepeated ? told(facts, next) : merged(facts, next)
  return isSame(facts, body) ? noted : [...noted, { kind: 'run', body }]
}

const ranks: Partial<Record<Outcome, number>> = { toGo: 0, moving: 1, moved: 2, skipped: 2, failed: 2, untouched: 2 }

/** A node only goes forward: waiting, moving, final, and one outcome is not exchanged for another. A status outside the list takes the place of any that is not final. */
const isStepBack = (before: string, next: string): boolean => {
  if (isFinalNode(before)) return nodeLabel(before) !== nodeLabel(next)
  const [from, to] = [ranks[outcomeOf(before)], ranks[outcomeOf(next)]]
  return to !== undefined && from !== undefined && to < from
}

const backwards = (before: NodeState, node: OldNode): NewRunChange =>
  anomaly(`Spot called ${node.nodeName} ${nodeLabel(node.status)} after it had been ${nodeLabel(before.status)}. The record keeps the earlier answer.`)

const uniqueBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => [...new Map(items.map((item) => [keyOf(item), item])).values()]

/** Places of names in `before` that are not in `next`; null when something else changed: a name that is new, or another order. */
const goneFrom = (before: readonly string[], next: readonly string[]): number[] | null => {
  const gone: number[] = []
  let found = 0
  for (const [place, name] of before.entries()) {
    if (next[found] === name) found += 1
    else gone.push(place)
  }
  return found === next.length ? gone : null
}

/** Names are told once: what is told later of a node is which of them have left. */
const shortened = (before: NodeState, next: NodeFacts): NodeFacts => {
  const gone = before.podNames.length === 0 ? null : goneFrom(before.podNames, next.podNames)
  return gone === null ? next : { ...next, podNames: [], gone }
}

type Step = StepsFacts['steps'][number]

/** That pods have left, and nothing else; null when there is more to tell. */
const stepOf = (at: number, before: NodeState, next: NodeFacts): Step | null => {
  const gone = goneFrom(before.podNames, next.podNames)
  return gone !== null && isSameNode({ ...before, runningPods: next.runningPods, podNames: next.podNames }, next) ? [at, next.runningPods ?? -1, ...gone] : null
}

/** `isOldNews`: the reading as a whole is from the past, which is noted once and not for every node. */
const nodeChanges = (before: RunState, migration: Migration, isOldNews: boolean): NewRunChange[] => {
  const changes: NewRunChange[] = []
  const steps: Step[] = []
  const places = new Map([...before.nodes.keys()].map((name, place) => [name, place]))
  const tell = (known: NodeState, next: NodeFacts) => {
    const step = stepOf(places.get(known.nodeName) ?? 0, known, next)
    if (step === null) changes.push({ kind: 'node', body: shortened(known, next) })
    else steps.push(step)
  }
  const reading = { migration, batchBefore: before.facts?.currentBatch ?? null }
  for (const node of uniqueBy(migration.oldNodes, ({ nodeName }) => nodeName)) {
    const known = before.nodes.get(node.nodeName)
    const next = nodeFactsOf(node, known, reading)
    if (known === undefined) changes.push({ kind: 'node', body: next })
    else if (isStepBack(known.status, node.status)) changes.push(...(isOldNews ? [] : [backwards(known, node)]))
    else if (!isSameNode(known, next) && !(isOldNews && known.status === next.status)) tell(known, next)
  }
  // Before the nodes that are new: a place is counted among those known before.
  return steps.length === 0 ? changes : [{ kind: 'steps', body: { steps } }, ...changes]
}

const isScaling = ({ status }: CapacityFacts) => status.toUpperCase() === 'SCALING'

/** A pool that has what it asked for does not lose it, nor ask for it again within a batch: the next batch asks for more. */
const isCapacityBack = (known: CapacityFacts, next: CapacityFacts, isSameBatch: boolean): boolean =>
  isSameBatch && !isScaling(known) && (next.newNodes < known.newNodes || (isScaling(next) && next.newNodes === known.newNodes))

const capacityBack = (known: CapacityFacts, next: CapacityFacts): NewRunChange =>
  anomaly(`Spot called the new capacity in ${next.poolName} ${next.status} with ${counted(next.newNodes, 'node')} after it had been ${known.status} with ${known.newNodes}. The record keeps the earlier answer.`)

const capacityChanges = (before: RunState, migration: Migration): NewRunChange[] =>
  uniqueBy(migration.scaleNodePools.map(capacityOf), capacityKey).flatMap((row): NewRunChange[] => {
    const known = before.capacity.get(capacityKey(row))
    if (isSame(known, row)) return []
    return known !== undefined && isCapacityBack(known, row, before.facts?.currentBatch === migration.currentBatch) ? [capacityBack(known, row)] : [{ kind: 'capacity', body: row }]
  })

const mostNamed = 20
const leftOut = 'Spot left out nodes of the run: '

/** Nodes that a list which is not empty leaves out; each is told once. */
const missingNodes = (before: RunState, { oldNodes }: Migration): NewRunChange[] => {
  const listed = new Set(oldNodes.map(({ nodeName }) => nodeName))
  const missing = [...before.nodes.keys()].filter((name) => !listed.has(name))
  if (missing.length === 0) return []
  const told = new Set(before.anomalies.flatMap(({ sentence }) => (sentence.startsWith(leftOut) ? sentence.slice(leftOut.length).split(/[., ]*[, ]/) : [])))
  const fresh = missing.filter((name) => !told.has(name)).slice(0, Math.max(0, mostNamed - told.size))
  return fresh.length === 0 ? [] : [anomaly(`${leftOut}${fresh.join(', ')}${fresh.length < missing.length ? `, ${counted(missing.length, 'node')} in all` : ''}. The record keeps them.`)]
}

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
