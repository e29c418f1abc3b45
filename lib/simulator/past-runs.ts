import type { NodeStatus, RunStatus } from '@/lib/domain/run-rules'
import { failureSentences } from '@/lib/twin/log-text'
import { matchOf } from '@/lib/twin/match'
import { createRandom, letters, pick, type Random } from '@/lib/twin/random'
import type { CapacityRow, LogEntry, RunNode, RunStart, TwinNode, TwinSpec } from '@/lib/twin/types'

const hourMs = 3_600_000
const batchSizePercentage = 20

type Past = { ageHours: number; status: RunStatus; comment: string; pool: string; nodes: number; minutes: number; result: (index: number) => NodeStatus }

/** One of each ending. The second moved nothing and is COMPLETED all the same: skips for a budget count as healthy. */
const past: readonly Past[] = [
  { ageHours: 20, status: 'COMPLETED', comment: 'api canary', pool: 'npapi', nodes: 12, minutes: 41, result: () => 'REPLACED' },
  { ageHours: 66, status: 'COMPLETED', comment: 'data pool, PDB respected', pool: 'npdata', nodes: 5, minutes: 52, result: () => 'NOT_REPLACED_DUE_TO_PDB' },
  { ageHours: 142, status: 'STOPPED', comment: 'web, first half', pool: 'npweb', nodes: 15, minutes: 26, result: (index) => (index < 9 ? 'REPLACED' : 'DID_NOT_REPLACE') },
  { ageHours: 258, status: 'FAILED', comment: 'night window', pool: 'npweb', nodes: 10, minutes: 18, result: (index) => (index < 2 ? 'REPLACED' : index < 4 ? 'COULD_NOT_BE_REPLACED' : 'DID_NOT_REPLACE') },
  { ageHours: 340, status: 'PARTLY_COMPLETED', comment: '', pool: 'npapi', nodes: 20, minutes: 64, result: (index) => (index === 13 ? 'COULD_NOT_BE_REPLACED' : 'REPLACED') },
]

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
    status: run.status,
    currentBatch: Math.max(...tried.map(({ batch }) => batch)),
    numOfBatches: Math.max(...nodes.map(({ batch }) => batch)),
    comment: run.comment === '' ? null : run.comment,
    options: {
      batchSizePercentage,
      batchMinHealthyPercentage: 50,
      respectPdb: true,
      respectRestrictScaleDown: false,
      shouldTerminateNodes: true,
      shouldEvictStandalonePods: true,
    },
    nodes,
    batches: batchesOf(nodes),
    capacity: capacityOf(random, nodes, vngId),
    createdAtMs,
    endedAtMs: createdAtMs + run.minutes * 60_000,
    isStopping: false,
  }
}

const linesOf = (run: RunStart): LogEntry[] => {
  const endMs = run.endedAtMs ?? run.createdAtMs
  const ending: Pick<LogEntry, 'severity' | 'message'> =
    run.status === 'FAILED' ? { severity: 'ERROR', message: failureSentences.noCapacity } : { severity: 'INFO', message: `Migration ${run.id} ended: ${run.status}.` }
  return [
    { tMs: run.createdAtMs, severity: 'INFO', message: `Migration ${run.id} started for ${run.nodes.length} nodes in ${run.numOfBatches} batches.`, resourceId: run.id },
    { tMs: endMs, ...ending, resourceId: run.id },
  ]
}

/** Runs that ended before the simulator was started, with their log; the nodes they moved are gone. */
export const pastOf = (seed: number, { nodes, vngs }: TwinSpec): { runs: RunStart[]; log: LogEntry[] } => {
  const random = createRandom(seed ^ 0x5eed)
  const unmanaged = nodes.filter(({ mode, vngId }) => mode === 'user' && vngId === null)
  if (unmanaged.length === 0) return { runs: [], log: [] }
  const runs = past.map((run) => {
    const like = unmanaged.find(({ poolName }) => poolName === run.pool) ?? pick(random, unmanaged)
    const match = matchOf(like, vngs)
    return build(random, run, like, match === 'Default' ? null : match)
  })
  return { runs, log: runs.flatMap(linesOf).sort((a, b) => a.tMs - b.tMs) }
}
