import type { NodeStatus, RunStatus } from '@/lib/domain/run-rules'
import { createRandom, letters, pick } from '@/lib/twin/random'
import type { TwinNode, TwinRun } from '@/lib/twin/types'

const hourMs = 3_600_000

type Past = { ageHours: number; status: RunStatus; comment: string; nodes: number; result: (index: number) => NodeStatus; minutes: number }

const past: readonly Past[] = [
  { ageHours: 20, status: 'COMPLETED', comment: 'api canary', nodes: 12, minutes: 41, result: () => 'REPLACED' },
  { ageHours: 66, status: 'COMPLETED', comment: 'data pool, PDB respected', nodes: 9, minutes: 52, result: () => 'NOT_REPLACED_DUE_TO_PDB' },
  { ageHours: 142, status: 'STOPPED', comment: 'batch workers', nodes: 15, minutes: 26, result: (index) => (index < 9 ? 'REPLACED' : 'DID_NOT_REPLACE') },
  { ageHours: 258, status: 'FAILED', comment: 'night window, gpu', nodes: 6, minutes: 18, result: (index) => (index < 2 ? 'REPLACED' : index < 4 ? 'COULD_NOT_BE_REPLACED' : 'DID_NOT_REPLACE') },
  { ageHours: 340, status: 'PARTLY_COMPLETED', comment: '', nodes: 20, minutes: 64, result: (index) => (index === 13 ? 'COULD_NOT_BE_REPLACED' : 'REPLACED') },
]

/** Runs that ended before the simulator was started; their nodes are gone from the cluster or were never moved. */
export const pastRuns = (seed: number, sample: TwinNode[]): TwinRun[] => {
  const random = createRandom(seed ^ 0x5eed)
  if (sample.length === 0) return []
  return past.map((run) => {
    const names = Array.from({ length: run.nodes }, (_, index) => {
      const like = pick(random, sample)
      return { nodeName: like.name.replace(/vmss.*$/, `vmss${letters(random, 6)}`), poolName: like.poolName, index }
    })
    const createdAtMs = -run.ageHours * hourMs
    return {
      id: `scr-${letters(random, 8)}`,
      status: run.status,
      currentBatch: 5,
      numOfBatches: 5,
      comment: run.comment,
      options: { batchSizePercentage: 20, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true },
      nodes: new Map(names.map(({ nodeName, poolName, index }) => [nodeName, { nodeName, poolName, vngId: null, status: run.result(index), batch: 1 + (index % 5), podNames: [] }])),
      batches: [],
      capacity: new Map(),
      createdAtMs,
      endedAtMs: createdAtMs + run.minutes * 60_000,
      isStopping: false,
    }
  })
}
