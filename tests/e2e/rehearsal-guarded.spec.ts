import { cardOf, openPlan, rehearse } from './support/rehearsal'
import { clusterId } from './support/run-end'
import { expect, test } from './support/test'

test.use({ stackName: 'rehearsal-guarded', stackLike: { scenario: 'pdb-skips-everything-but-completes', isKubernetesConnected: true } })

test('the rehearsal says that the run completes and moves nothing, and names the budgets', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  await openPlan(page, ['npapi'])
  await rehearse(page)
  const card = cardOf(page)
  await expect(card.getByText('All 15 rehearsals are done.')).toBeVisible({ timeout: 60_000 })
  await expect(card).toContainText(/Completed.* in 15 of 15 rehearsals/)
  const held = card.getByRole('listitem').filter({ hasText: /^14 nodes would be skipped in 15 of 15 rehearsals: A Pod Disruption Budget allowed no disruption before the draining timeout\./ })
  await expect(held).toBeVisible()
  await held.getByText(/^\d+ budgets$/).click()
  await expect(held.getByText('orders-api-pdb', { exact: true })).toBeVisible()
  await expect(card.getByRole('row', { name: /aks-npapi-\S+ Skipped by PDB 15 Pod Disruption Budget \S+-pdb/ }).first()).toBeVisible()
  await expect(card.getByRole('img', { name: '14 skipped' }).first()).toBeVisible()
})
