import type { Locator } from '@playwright/test'
import { cellsOf, expect, test } from './support/test'

test.beforeEach(async ({ operator }) => {
  await operator.enter('/clusters/o-demo0001/nodes')
})

test('an operator finds the pool that matches nothing and reads why', async ({ page }) => {
  const table = page.getByRole('treegrid', { name: 'Nodes to migrate' })
  const pool = table.getByRole('row', { name: /npgpu/ }).first()
  await expect(pool).toBeVisible()
  await page.getByRole('searchbox').fill('nvidia')
  await expect(table.getByRole('row', { name: /npweb/ })).toBeHidden()
  expect(await cellsOf(table, pool)).toMatchObject({ 'VNG match': 'No match' })
  await expect(pool).toContainText('No VNG carries gpu=nvidia')
  await expect(page).toHaveURL(/search=nvidia/)
})

test('filters and sort survive a reload, and filters clear together', async ({ page }) => {
  await expect(page.getByRole('row', { name: /npweb/ })).toBeVisible()
  await page.getByRole('button', { name: 'Pods', exact: true }).click()
  await expect(page).toHaveURL(/sort=pods/)
  await page.getByRole('button', { name: 'Pods', exact: true }).click()
  await expect(page).toHaveURL(/sort=-pods/)
  await page.getByRole('button', { name: 'Filter by VNG match' }).click()
  await page.getByRole('menuitemcheckbox', { name: /No match/ }).click()
  await page.keyboard.press('Escape')
  await page.reload()
  const table = page.getByRole('treegrid', { name: 'Nodes to migrate' })
  await expect(table.getByRole('row', { name: /npgpu/ })).toBeVisible()
  await expect(table.getByRole('columnheader', { name: 'Pods' })).toHaveAttribute('aria-sort', 'descending')
  await expect(table.getByRole('row', { name: /npweb/ })).toBeHidden()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(table.getByRole('row', { name: /npweb/ })).toBeVisible()
})

test('in a window of 1,280 pixels every column of the nodes and of the runs is in view', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  const hiddenPixels = (table: Locator) => table.evaluate((element) => element.scrollWidth - element.clientWidth)
  await expect(page.getByRole('row', { name: /npweb/ })).toBeVisible()
  expect(await hiddenPixels(page.getByRole('treegrid', { name: 'Nodes to migrate' }))).toBe(0)
  await page.getByRole('link', { name: 'Runs' }).click()
  const runs = page.getByRole('grid', { name: 'Runs' })
  await expect(runs.getByRole('row').nth(1)).toBeVisible()
  expect(await hiddenPixels(runs)).toBe(0)
})

test('a node that cannot move cannot be chosen and says why', async ({ page }) => {
  await page.getByRole('treegrid').getByRole('row', { name: /npgpu/ }).click()
  // A pool's row leads to the match of one of its nodes, and so has a node's name as well.
  const node = page.getByRole('row', { name: /aks-npgpu/ }).filter({ has: page.getByRole('checkbox', { name: /^Select aks-npgpu/ }) }).first()
  await expect(node.getByRole('checkbox')).toHaveAttribute('aria-disabled', 'true')
  await expect(node.getByRole('checkbox')).toHaveAttribute('title', /No VNG carries/)
})

test('a range is chosen with shift and a group with its own box', async ({ page }) => {
  const grid = page.getByRole('treegrid')
  await grid.getByRole('row', { name: /npapi/ }).click()
  const nodes = grid.getByRole('row', { name: /aks-npapi/ })
  await nodes.nth(0).getByRole('checkbox').click()
  await nodes.nth(3).getByRole('checkbox').click({ modifiers: ['Shift'] })
  await expect(page.getByText(/^4 of \d+ selected$/)).toBeVisible()
  const group = grid.getByRole('row', { name: /^Select pool npapi|npapi/ }).first()
  await expect(group.getByRole('checkbox')).toHaveAttribute('aria-checked', 'mixed')
  await group.getByRole('checkbox').click()
  await expect(group.getByRole('checkbox')).toHaveAttribute('aria-checked', 'true')
})
