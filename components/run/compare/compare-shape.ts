import type { RunRecord } from '@/lib/contract/run'
import { ledgerOf, type Ledger } from '@/lib/domain/outcome/ledger'
import { isListRead } from '@/lib/domain/progress/landing'
import { batchLanes } from '@/lib/domain/progress/lanes'
import { foldRun, type RunState } from '@/lib/domain/progress/state'
import { seenWhole } from '@/lib/domain/progress/took'
import { isFinalNode, nodeLabel, runLabel } from '@/lib/domain/run-rules'
import { formatDuration, formatDurationRange } from '@/lib/format/duration'
import { formatCount } from '@/lib/format/numbers'
import { dayAndClock } from '@/lib/format/time'
import { byWhom } from '@/components/domain/started-by'
import { figuresOf, type RunFigures } from '../facts'
import { capacityWords, yieldWords } from '../ledger-words'
import { runNodes, type RunNode } from '../node-rows'

/** One side of a comparison. */
export type ComparedRun = { record: RunRecord; state: RunState; figures: RunFigures; nodes: RunNode[]; ledger: Ledger }

export const comparedRun = (record: RunRecord): ComparedRun => {
  const state = foldRun(record.changes)
  return { record, state, figures: figuresOf(record.run, state), nodes: runNodes(state), ledger: ledgerOf(state) }
}

export type ComparedFact = { label: string; a: string; b: string; differs: boolean }

const notSaid = 'not said'
const notOver = 'not over yet'
const percent = (value: number | null) => (value === null ? notSaid : `${value} %`)
const yesNo = (value: boolean | null) => (value === null ? notSaid : value ? 'yes' : 'no')
const duration = (ms: number | null) => (ms === null ? notSaid : formatDuration(ms))

const tookText = ({ figures: { startedAtMs, endedAtMs, isOver } }: ComparedRun): string => {
  if (endedAtMs === null) return isOver ? 'not known' : notOver
  return duration(startedAtMs === null ? null : endedAtMs - startedAtMs)
}

const pendingText = ({ figures: { isOver }, ledger: { pods } }: ComparedRun): string => {
  if (!isOver) return notOver
  return pods.pending.state === 'known' ? formatCount(pods.pending.pods) : 'unknown'
}

const middle = (values: number[]): number | undefined => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** The middle one of the times that batches took, of those that were seen from beginning to end. */
const batchTook = ({ state }: ComparedRun): string => {
  const took = seenWhole(batchLanes(state))
  const [least, most] = [middle(took.map(({ leastMs }) => leastMs)), middle(took.map(({ mostMs }) => mostMs))]
  return least === undefined || most === undefined ? 'not seen' : formatDurationRange(least, most)
}

const outcomeFacts = [
  ['Nodes', 'total'],
  ['Moved', 'moved'],
  ['Skipped', 'skipped'],
  ['Failed', 'failed'],
  ['Not migrated', 'untouched'],
  ['Unknown', 'unknown'],
] as const

type Reader = readonly [label: string, read: (run: ComparedRun, nowMs: number) => string]

const readers: readonly Reader[] = [
  ['Status', ({ figures }) => runLabel(figures.status)],
  ['Started', ({ figures: { startedAtMs } }, nowMs) => (startedAtMs === null ? notSaid : dayAndClock(startedAtMs, nowMs))],
  ['Started by', ({ record: { run } }) => byWhom(run)],
  ['Comment', ({ record: { run } }) => run.comment || 'none'],
  ['Took', tookText],
  ['Batches', ({ state }) => (state.facts?.numOfBatches == null ? notSaid : formatCount(state.facts.numOfBatches))],
  ['A batch took, median', batchTook],
  ...outcomeFacts.map(([label, key]): Reader => [label, ({ figures }) => formatCount(figures.counts[key])]),
  ['Vanished', ({ state, nodes }) => (isListRead(state.landing) ? formatCount(nodes.filter(({ isVanished }) => isVanished).length) : 'unknown')],
  ['New capacity', ({ ledger }) => capacityWords(ledger.capacity)],
  ['On spot', ({ ledger: { capacity } }) => (capacity === null ? 'unknown' : (yieldWords(capacity) ?? 'none seen'))],
  ['Pods that left moved nodes', ({ ledger: { pods } }) => (pods.left === null ? 'unknown' : formatCount(pods.left))],
  ['Stand-alone pods lost on purpose', ({ ledger: { pods } }) => (pods.lostOnPurpose.state === 'known' ? formatCount(pods.lostOnPurpose.pods.length) : 'unknown')],
  ['Pods pending at the end', pendingText],
  ['Batch size', ({ record: { options } }) => percent(options.batchSizePercentage)],
  ['Healthy nodes needed', ({ record: { options } }) => percent(options.batchMinHealthyPercentage)],
  ['Respects PDBs', ({ record: { options } }) => yesNo(options.respectPdb)],
  ['Respects restrict scale down', ({ record: { options } }) => yesNo(options.respectRestrictScaleDown)],
  ['Terminates old nodes', ({ record: { options } }) => yesNo(options.shouldTerminateNodes)],
  ['Evicts stand-alone pods', ({ record: { options } }) => yesNo(options.shouldEvictStandalonePods)],
]

/** What the runs were and came to, line by line. */
export const comparedFacts = (a: ComparedRun, b: ComparedRun, nowMs: number): ComparedFact[] =>
  readers.map(([label, read]) => {
    const [left, right] = [read(a, nowMs), read(b, nowMs)]
    return { label, a: left, b: right, differs: left !== right }
  })

export type ComparedNode = { nodeName: string; poolName: string; a: RunNode | null; b: RunNode | null; differs: boolean }

/** How the node ended; null where that is not known, or not yet. */
const endOf = ({ isVanished, status }: RunNode): string | null => {
  if (isVanished) return 'vanished'
  return isFinalNode(status) ? nodeLabel(status) : null
}

/** `withoutEnd`: of those in both, how many cannot be compared since an end is not known, or not yet. */
export type SharedCounts = { inBoth: number; onlyA: number; onlyB: number; withoutEnd: number }

/** Nodes by which of the runs had them. */
export const sharedCounts = (nodes: readonly ComparedNode[]): SharedCounts => ({
  inBoth: nodes.filter(({ a, b }) => a !== null && b !== null).length,
  onlyA: nodes.filter(({ b }) => b === null).length,
  onlyB: nodes.filter(({ a }) => a === null).length,
  withoutEnd: nodes.filter(({ a, b }) => a !== null && b !== null && (endOf(a) === null || endOf(b) === null)).length,
})

const hasOtherEnd = (a: RunNode | null, b: RunNode | null): boolean => {
  if (a === null || b === null) return false
  const [left, right] = [endOf(a), endOf(b)]
  return left !== null && right !== null && left !== right
}

/** Every node that either run had, by name; `differs` where both had it and both ends are known and not the same. */
export const comparedNodes = (a: ComparedRun, b: ComparedRun): ComparedNode[] => {
  const left = new Map(a.nodes.map((node) => [node.nodeName, node]))
  const right = new Map(b.nodes.map((node) => [node.nodeName, node]))
  return [...new Set([...left.keys(), ...right.keys()])].map((nodeName) => {
    const [inA, inB] = [left.get(nodeName) ?? null, right.get(nodeName) ?? null]
    return { nodeName, poolName: (inB ?? inA)?.poolName ?? '', a: inA, b: inB, differs: hasOtherEnd(inA, inB) }
  })
}
