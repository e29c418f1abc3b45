import { clusterId, enter } from './support/run-end'
import { expect, test } from './support/test'

test.use({ stackName: 'huge', stackLike: { scenario: 'huge', nodes: 2_000, pods: 60_000 } })
test('shows its nodes, finds one and takes a selection', async ({ page, operator }) => {
  await enter(page, operator.signIn)
  await page.goto(`/clusters/${clusterId}/nodes`)
  const grid = page.getByRole('treegrid', { name: 'Nodes to migrate' })
  await expect(grid.getByRole('row', { name: /npweb/ }).first()).toBeVisible({ timeout: 30_000 })
  await grid.getByRole('row', { name: /npapi/ }).first().getByRole('checkbox').click()
  await expect(page.getByText(/^\d{3} of 1,\d{3} selected$/)).toBeVisible()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await expect(page.getByRole('button', { name: 'Continue to preferences' })).toBeVisible()
})
