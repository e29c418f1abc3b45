import { launch, poolNodes } from './support/launch'
import { clusterId, showsEnd } from './support/run-end'
import { test } from './support/test'

test.use({ stackName: 'huge-run', stackLike: { scenario: 'huge', nodes: 2_000, pods: 60_000, speed: 1_200 } })

test('a run in the scenario huge can be watched to its end', async ({ page, stack, operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  const names = await poolNodes(stack, clusterId, 'npapi')
  const migrationId = await launch(page, clusterId, names.slice(0, 8), 'huge')
  await showsEnd(page, migrationId, { headline: 'Completed', outcome: ['8 nodes moved'], log: /has ended\.$/, capacity: /^Up$/ })
})
