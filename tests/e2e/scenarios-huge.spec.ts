import { clusterId } from './support/run-end'
import { expect, test } from './support/test'

test.setTimeout(240_000)
test.use({ stackName: 'huge', stackLike: { scenario: 'huge', nodes: 1_500, pods: 24_000, isKubernetesConnected: true } })

test('shows its nodes, finds one and takes a selection', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/nodes`)
  const grid = page.getByRole('treegrid', { name: 'Nodes to migrate' })
  await expect(grid.getByRole('row', { name: /npweb/ }).first()).toBeVisible({ timeout: 30_000 })
  await grid.getByRole('row', { name: /npapi/ }).first().getByRole('checkbox').click()
  await expect(page.getByText(/^\d{3} of 1,\d{3} selected$/)).toBeVisible()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await expect(page.getByRole('button', { name: 'Continue to preferences' })).toBeVisible()
})

/** Few rows are drawn whatever there are; how long the steps take is measured by the bench. */
test('draws no more rows than the screen shows while it is scrolled, filtered and opened', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  for (const { place, role, name, rows } of [
    { place: 'nodes?group=none', role: 'grid', name: 'Nodes to migrate', rows: 1_000 },
    { place: 'workloads', role: 'grid', name: 'Workloads', rows: 100 },
  ] as const) {
    await page.goto(`/clusters/${clusterId}/${place}`)
    const table = page.getByRole(role, { name })
    await expect(table.getByRole('gridcell').first()).toBeVisible({ timeout: 60_000 })
    // The first reading of so many pods shares the processors with the twin that tells them.
    await expect(page.getByText(/^Kubernetes: read /)).toBeVisible({ timeout: 120_000 })
    await expect.poll(async () => Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThan(rows)
    await table.focus()
    for (const key of ['PageDown', 'PageDown', 'End', 'Home']) {
      await page.keyboard.press(key)
      expect(await table.getByRole('row').count(), `rows drawn after ${key}`).toBeLessThan(80)
    }
    await page.getByRole('button', { name: 'Filter by Finding' }).click()
    await page.getByRole('menuitemcheckbox').first().click()
    await page.keyboard.press('Escape')
    expect(await table.getByRole('row').count()).toBeLessThan(80)
    await table.getByRole('row').nth(1).click()
    await expect(page.getByRole('dialog').getByRole('region').or(page.getByRole('dialog').getByRole('tab')).first()).toBeVisible({ timeout: 30_000 })
  }
})
