import { scenarios, type ScenarioName } from '@/lib/simulator/scenarios/table'
import { failureSentences } from '@/lib/twin/log-text'
import { launch, poolNodes } from './support/launch'
import { clusterId, showsEnd, type End } from './support/run-end'
import type { Stack } from './support/stack'
import { test } from './support/test'

/** Fast enough that a run of an hour is over in seconds, slow enough that its course is recorded. */
const speed = 1200

/** A run that ends between two answers of the cloud has whatever had come by then. */
const anyCapacity = /^(Up|Partly up|Failed)$/

const ends: Partial<Record<ScenarioName, End>> = {
  // First, as it is about the third node of the pool.
  mixed: { headline: 'Partly completed', outcome: ['7 nodes moved', /^1 node failed/], log: /has ended\.$/, capacity: anyCapacity },
  calm: { headline: 'Completed', outcome: ['8 nodes moved'], log: /has ended\.$/, capacity: /^Up$/ },
  'threshold-fails-in-batch-2': { headline: 'Failed', outcome: ['2 nodes moved', '2 nodes failed', '4 nodes not migrated'], cause: 'Not enough new nodes could be started.', log: failureSentences.noCapacity, capacity: /^Partly up$/ },
  'no-capacity': { headline: 'Failed, nothing moved', outcome: ['2 nodes failed', '6 nodes not migrated'], cause: 'Not enough new nodes could be started.', log: failureSentences.noCapacity, capacity: /^Failed$/ },
  'controller-lost': { headline: 'Failed', outcome: ['2 nodes moved', '6 nodes not migrated'], cause: 'Spot lost contact with the controller in the cluster.', log: failureSentences.connectivity, capacity: /^Up$/ },
  'technical-timeout': { headline: 'Failed', outcome: [/^[2-6] nodes moved/, /^[2-6] nodes not migrated/], cause: 'The run took longer than Spot allows.', log: failureSentences.timeout, capacity: anyCapacity },
  'cannot-terminate': { headline: 'Failed', outcome: [/^\d nodes? moved/, /^\d nodes not migrated/], cause: 'Old nodes could not be deleted.', log: failureSentences.terminate, capacity: anyCapacity },
  'stop-mid-drain': { headline: 'Stopped', outcome: ['2 nodes moved', '6 nodes not migrated'], log: /stop was requested\.$/, capacity: anyCapacity },
  'uncordon-fails': { headline: 'Stopped', outcome: ['2 nodes moved', '6 nodes not migrated'], cause: 'The run was stopped, but old nodes could not be made schedulable again.', log: failureSentences.uncordonOnStop, capacity: anyCapacity },
  'node-vanishes': { headline: 'Partly completed', outcome: ['7 nodes moved', /^1 node (vanished|failed)/], log: /^Node \S+ no longer exists in the cluster\.$/, capacity: /^Up$/ },
  'spot-eviction-of-a-new-node': { headline: 'Completed', outcome: ['8 nodes moved'], log: /has ended\.$/, clusterLog: 'was taken back by Azure', capacity: /^Up$/ },
  'unknown-status': { headline: /^Completed/, outcome: ['8 nodes unknown (REPLACED_PENDING_CLEANUP)'], log: /has ended\.$/, capacity: /^Up$/ },
}

/** Eight nodes, batches of two; each scenario has its own. */
const nodesFor = async (stack: Stack, turn: number): Promise<string[]> => {
  names ??= await poolNodes(stack, clusterId, 'npapi')
  return names.slice(turn * 8, turn * 8 + 8)
}
/** As they were before the first run, so that the turns do not shift. */
let names: string[] | undefined

test.use({ stackName: 'scenarios', stackLike: { nodes: 320, speed } })

for (const [turn, [name, end]] of Object.entries(ends).entries())
  test(`${name} can be watched to its end`, async ({ page, stack, operator }) => {
    await operator.enter(`/clusters/${clusterId}/migrations`)
    await stack.admin.twin({ kind: 'scenario', clusterId, scenario: name as ScenarioName })
    await stack.admin.wire({ nodeStatusAs: {}, ...scenarios[name as ScenarioName].wire })
    const migrationId = await launch(page, clusterId, await nodesFor(stack, turn), name)
    await showsEnd(page, migrationId, end)
  })
