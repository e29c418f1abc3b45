import type { NodeStatus, RunStatus } from '@/lib/domain/run-rules'
import { failureSentences } from '@/lib/twin/log-text'
import { matchOf } from '@/lib/twin/match'
import { createRandom, letters, pick, type Random } from '@/lib/twin/random'
import type { CapacityRow, LogEntry, RunNode, RunOptions, RunStart, Twin, TwinNode, TwinSpec } from '@/lib/twin/types'

const hourMs = 3_600_000
const batchSizePercentage = 20
/** The vendor's defaults. */
const options: RunOptions = {
  batchSizePercentage,
  batchMinHealthyPercentage: 50,
  respectPdb: true,
  respectRestrictScaleDown: false,
  shouldTerminateNodes: true,
  shouldEvictStandalonePods: true,
}

type Cause = keyof typeof failureSentences
type Past = { ageHours: number; status: RunStatus; comment: string; pool: string; nodes: number; minutes: number; cause?: Cause; result: (index: number) => NodeStatus }

/** One of each ending. The second moved nothing and is COMPLETED all the same: skips for a budget count as healthy. */
const past: readonly Past[] = [
  { ageHours: 20, status: 'COMPLETED', comment: 'api canary', pool: 'npapi', nodes: 12, minutes: 41, result: () => 'REPLACED' },
  { ageHours: 66, status: 'COMPLETED', comment: 'data pool, PDB respected', pool: 'npdata', nodes: 5, minutes: 52, result: () => 'NOT_REPLACED_DUE_TO_PDB' },
  { ageHours: 142, status: 'STOPPED', comment: 'web, first half', pool: 'npweb', nodes: 15, minutes: 26, result: (index) => (index < 9 ? 'REPLACED' : 'DID_NOT_REPLACE') },
  { ageHours: 258, status: 'FAILED', comment: 'night window', pool: 'npweb', nodes: 10, minutes: 18, cause: 'noCapacity', result: (index) => (index < 2 ? 'REPLACED' : index < 4 ? 'COULD_NOT_BE_REPLACED' : 'DID_NOT_REPLACE') },
  { ageHours: 340, status: 'PARTLY_COMPLETED', comment: '', pool: 'npapi', nodes: 20, minutes: 64, result: (index) => (index === 13 ? 'COULD_NOT_BE_REPLACED' : 'REPLACED') },
]

/** Causes that a run of before can have failed from, besides the missing capacity of the first. */
const otherCauses: readonly Cause[] = ['connectivity', 'timeout', 'podsUnscheduled', 'terminate']
const everyHours = 9

/** So many runs, newest first: one of each ending, and then the same again and again with other causes of failure. */
const plansOf = (count: number): Past[] =>
  Array.from({ length: count }, (_, index): Past => {
    const plan = past[index % past.length] as Past
    const round = Math.floor(index / past.length)
    if (count <= past.length) return plan
    const cause = plan.cause === undefined || round === 0 ? plan.cause : otherCauses[round % otherCauses.length]
    return { ...plan, ...(cause === undefined ? {} : { cause }), ageHours: 20 + index * everyHours, comment: plan.comment === '' ? '' : `${plan.comment}, wave ${round + 1}` }
  })

const nodesOf = (random: Random, run: Past, like: TwinNode, vngId: string | null): RunNode[] => {
  const size = Math.ceil((run.nodes * batchSizePercentage) / 100)
  return Array.from({ length: run.nodes }, (_, index) => ({
    nodeName: like.name.replace(/vmss.*$/, `vmss${letters(random, 6)}`),
    poolName: like.poolName,
    vngId,
    status: run.result(index),
    batch: 1 + Math.floor(index / size),
    podNames: [],
  }))
}

const batchesOf = (nodes: RunNode[]): string[][] => {
  const count = Math.max(...nodes.map(({ batch }) => batch))
  return Array.from({ length: count }, (_, index) => nodes.filter(({ batch }) => batch === index + 1).map(({ nodeName }) => nodeName))
}

const capacityOf = (random: Random, nodes: RunNode[], vngId: string | null): CapacityRow[] => {
  const moved = nodes.filter(({ status }) => status === 'REPLACED').length
  const hasFailed = nodes.some(({ status }) => status === 'COULD_NOT_BE_REPLACED')
  if (vngId === null || moved === 0) return []
  return [{ poolName: `omnp${letters(random, 8)}`, vngId, newNodes: moved, status: hasFailed ? 'PARTIAL_SUCCESS' : 'COMPLETED' }]
}

const build = (random: Random, run: Past, like: TwinNode, vngId: string | null): RunStart => {
  const nodes = nodesOf(random, run, like, vngId)
  const createdAtMs = -run.ageHours * hourMs
  const tried = nodes.filter(({ status }) => status !== 'DID_NOT_REPLACE')
  return {
    id: `scr-${letters(random, 8)}`,
    rollScope: null,
    status: run.status,
    currentBatch: Math.max(...tried.map(({ batch }) => batch)),
    numOfBatches: Math.max(...nodes.map(({ batch }) => batch)),
    comment: run.comment === '' ? null : run.comment,
    options,
    nodes,
    batches: batchesOf(nodes),
    capacity: capacityOf(random, nodes, vngId),
    createdAtMs,
    endedAtMs: createdAtMs + run.minutes * 60_000,
    isStopping: false,
  }
}

const linesOf = (run: RunStart, cause: Cause | undefined): LogEntry[] => {
  const endMs = run.endedAtMs ?? run.createdAtMs
  const ending: Pick<LogEntry, 'severity' | 'message'> =
    cause === undefined ? { severity: 'INFO', message: `Migration ${run.id} ended: ${run.status}.` } : { severity: 'ERROR', message: failureSentences[cause] }
  return [
    { tMs: run.createdAtMs, severity: 'INFO', message: `Migration ${run.id} started for ${run.nodes.length} nodes in ${run.numOfBatches} batches.`, resourceId: run.id },
    { tMs: endMs, ...ending, resourceId: run.id },
  ]
}

/** Runs that ended before the simulator was started, with their log; the nodes they moved are gone. */
export const pastOf = (seed: number, { nodes, vngs }: TwinSpec, count: number = past.length): { runs: RunStart[]; log: LogEntry[] } => {
  const random = createRandom(seed ^ 0x5eed)
  const unmanaged = nodes.filter(({ mode, vngId }) => mode === 'user' && vngId === null)
  if (unmanaged.length === 0) return { runs: [], log: [] }
  const built = plansOf(count).map((plan) => {
    const like = unmanaged.find(({ poolName }) => poolName === plan.pool) ?? pick(random, unmanaged)
    const match = matchOf(like, vngs)
    const run = build(random, plan, like, match === 'Default' ? null : match)
    return { run, lines: linesOf(run, plan.cause) }
  })
  return { runs: built.map(({ run }) => run), log: built.flatMap(({ lines }) => lines).sort((a, b) => a.tMs - b.tMs) }
}

/** A migration that somebody else has just started: the first that a newcomer can watch, in a cluster that nobody needs. */
export const startUnderWay = (twin: Twin): void => {
  twin.command({ kind: 'start-run', input: { nodeNames: null, nodePoolNames: ['npapi', 'npbatch'], comment: 'staging first, from the console', options } })
}
