import { clusterId } from './support/run-end'
import { expect, test } from './support/test'

test.use({ stackName: 'old-runs', stackLike: { scenario: 'many-old-runs' } })
test('are listed, and one of them opens', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  await expect(page.getByText(/\b500\b/).first()).toBeVisible()
  await page.getByRole('row', { name: /wave 1/ }).first().getByRole('link').first().click()
  await expect(page.getByText('Known from the API only.')).toBeVisible()
})
