import type { RunChange, NewRunChange } from '@/lib/domain/progress/change'
import { migration, type Migration } from '@/lib/spot/schemas/migration'

type NodeInput = { name: string; status: string; pods?: number; pool?: string }

/** A migration as the client gives it, from few words. */
export const makeMigration = (input: { status?: string; batch?: number; batches?: number; nodes: NodeInput[]; scale?: { pool: string; status: string; newNodes?: number }[] }): Migration =>
  migration.parse({
    id: 'scr-0000abcd',
    status: input.status ?? 'IN_PROGRESS',
    currentBatch: input.batch ?? 1,
    numOfBatches: input.batches ?? 2,
    migrationProgress: {
      progressPercentage: 0,
      detailedStatus: {
        oldNodes: input.nodes.map(({ name, status, pods = 3, pool = 'npweb' }) => ({
          nodeName: name,
          nodePoolName: pool,
          status,
          runningPods: pods,
          podDetails: Array.from({ length: pods }, (_, index) => ({ podName: `${name}-pod-${index}` })),
        })),
        scaleNodePools: (input.scale ?? []).map(({ pool, status, newNodes = 1 }) => ({ nodePoolName: pool, newNodes, migrationStatus: status })),
      },
    },
  })

/** Gives changes their numbers and one time, as the recorder does. */
export const stamp = (changes: NewRunChange[], afterSeq: number, atMs: number): RunChange[] =>
  changes.map((change, index) => ({ ...change, seq: afterSeq + index + 1, atMs }) as RunChange)
