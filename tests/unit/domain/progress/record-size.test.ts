import { expect, test } from 'vitest'
import { diffMigration } from '@/lib/domain/progress/diff'
import { applyChanges, emptyRun, foldRun } from '@/lib/domain/progress/state'
import type { RunChange } from '@/lib/domain/progress/change'
import { isFinalRun } from '@/lib/domain/run-rules'
import { migration } from '@/lib/spot/schemas/migration'
import { generateCluster } from '@/lib/twin/generate/cluster'
import { createTwin } from '@/lib/twin/twin'
import type { TwinRun, TwinState } from '@/lib/twin/types'
import { movablePods } from '@/lib/twin/views'
import { stamp } from '@/tests/factories/migration'

const seen = (state: TwinState, run: TwinRun) =>
  migration.parse({
    id: run.id,
    status: run.status,
    currentBatch: run.currentBatch,
    numOfBatches: run.numOfBatches,
    migrationProgress: {
      detailedStatus: {
        oldNodes: [...run.nodes.values()].map(({ nodeName, poolName, vngId, status, podNames }) => {
          const pods = (podNames ?? movablePods(state, nodeName).map(({ name }) => name)).map((name) => name.slice(name.indexOf('/') + 1))
          return { nodeName, nodePoolName: poolName, vngId, vngName: vngId, status, runningPods: pods.length, podDetails: pods.map((podName) => ({ podName })) }
        }),
        scaleNodePools: [...run.capacity.values()].map(({ poolName, newNodes, vngId, status }) => ({ nodePoolName: poolName, newNodes, vngId, migrationStatus: status })),
      },
    },
  })

test('a node with twelve pods, read every two and a half seconds, takes less than two kilobytes of the record, so that a thousand take two megabytes', () => {
  const twin = createTwin({ spec: generateCluster({ seed: 7, clusterId: 'o-1', name: 'one', scenario: 'calm', nodes: 150, pods: 1_800 }), seed: 7 })
  const nodeNames = [...twin.state.nodes.values()].flatMap(({ name, vngId, poolName }) => (vngId === null && poolName !== 'npsys' ? [name] : [])).slice(0, 100)
  const options = { batchSizePercentage: 20, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true }
  const started = twin.command({ kind: 'start-run', input: { nodeNames, nodePoolNames: null, comment: null, options } })
  if (!started.ok) throw new Error(started.refusal.message)
  const run = started.value as TwinRun
  const changes: RunChange[] = []
  let state = emptyRun
  for (let last = false; !last; ) {
    last = isFinalRun(run.status)
    const reading = seen(twin.state, run)
    const told = stamp(diffMigration(state, reading), state.seq, twin.nowMs)
    changes.push(...told)
    state = applyChanges(state, told)
    for (const { nodeName, runningPods, podDetails } of reading.oldNodes) {
      const node = state.nodes.get(nodeName)
      if (node?.runningPods !== runningPods || node.podNames.length !== podDetails.length) throw new Error(`${nodeName} is told wrong`)
    }
    twin.run(twin.nowMs + 2_500)
  }
  // A row of the table has 24 bytes of head and some 30 of keys and times.
  const bytes = changes.reduce((sum, { body }) => sum + JSON.stringify(body).length + 54, 0)
  expect(state.nodes.size).toBe(100)
  expect(foldRun(changes)).toEqual(state)
  // What a look tells of a node that took over and of one that is gone.
  const landed = 300
  expect(bytes / nodeNames.length + landed).toBeLessThan(2_000)
}, 120_000)
