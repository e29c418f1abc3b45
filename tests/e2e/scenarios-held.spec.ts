import { clusterId, showsEnd } from './support/run-end'
import { expect, test } from './support/test'
import { acknowledge, continueTo } from './support/launch'

test.use({ stackName: 'guarded', stackLike: { scenario: 'pdb-skips-everything-but-completes', speed: 1200 } })
test('a run from the wizard completes, and the page says that it moved nothing', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/nodes`)
  await page.getByRole('treegrid').getByRole('row', { name: /npweb/ }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await continueTo(page, 'preferences', 'plan', 'launch')
  await acknowledge(page)
  await page.getByRole('button', { name: /Start the migration/ }).click()
  await expect(page).toHaveURL(/migrations\/scr-/)
  const migrationId = /scr-[0-9a-f]+/.exec(page.url())?.[0] ?? ''
  await showsEnd(page, migrationId, { headline: 'Completed, nothing moved', outcome: [/^\d+ nodes skipped by PDB/], log: /Pod Disruption Budget .* allowed no disruption before the draining timeout\.$/, capacity: /^Up$/ })
})
