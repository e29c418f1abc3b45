import type { Page } from '@playwright/test'
import { cellsOf, expect, expectAccessible, test } from './support/test'

/** Kubernetes is connected; the cluster has what stands in the way in real ones. Its run under way is slow enough to take no node of a story. */
test.use({ stackName: 'readiness', stackLike: { scenario: 'mixed', nodes: 60, speed: 1, isKubernetesConnected: true } })

const place = '/clusters/o-demo0001/nodes'
const grid = (page: Page) => page.getByRole('treegrid', { name: 'Nodes to migrate' })
const details = (page: Page) => page.getByRole('dialog')

test.beforeEach(async ({ operator, page }) => {
  await operator.enter(place)
  await expect(page.getByText(/^Kubernetes: read \d/)).toBeVisible()
})

test('an operator finds the nodes behind a budget that allows nothing, and the pods that it is about', async ({ page }) => {
  await page.getByRole('button', { name: 'Filter by Finding' }).click()
  await page.getByRole('menuitemcheckbox', { name: /^PDB allows none/ }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Group by/ }).click()
  await page.getByRole('menuitemradio', { name: 'None' }).click()
  const node = page.getByRole('row', { name: /aks-npdata.*PDB data\/\S+ allows no disruption \(\d of \d pods healthy, \d needed\)/ }).first()
  await expect(node).toBeVisible()
  const name = /aks-npdata-\d+-vmss\w+/.exec(await node.innerText())?.[0] ?? ''
  await node.click()
  await details(page).getByRole('tab', { name: 'Pods' }).click()
  await expect(page).toHaveURL(new RegExp(`node=${name}`))
  const pod = details(page).getByRole('listitem').filter({ hasText: /PDB data\/\S+ allows 0 now/ }).first()
  await expect(pod).toContainText(/^data\//)
  await expect(pod).toContainText(/StatefulSet \S+, ready/)
  await expect(pod).toContainText(/would go to vng-data/)
})

test('the forecast stands beside the match: where pods go, who goes nowhere, and why', async ({ page }) => {
  await page.goto(`${place}?open=npbatch`)
  await grid(page).getByRole('row', { name: /aks-npbatch/ }).first().click()
  const forecast = details(page).getByRole('region', { name: 'Where its pods would go' })
  await expect(forecast).toContainText(/\d+ pods?: Default/)
  await page.goto('/clusters/o-demo0002/nodes')
  await grid(page).getByRole('row', { name: /np/ }).first().click()
  await grid(page).getByRole('row', { name: /aks-/ }).first().click()
  await expect(forecast).toContainText('Not read: Kubernetes is not connected.')
})

test('the settings tell by which context each cluster is read', async ({ page }) => {
  await page.goto('/settings')
  const card = page.getByRole('region', { name: 'Kubernetes' })
  await expect(card).toContainText(/Context prod-weu.*Read \d+ s ago/)
  await expect(card).toContainText('Not connected. Set KUBECONFIG_FILE')
})

test('the node drawer has no serious accessibility finding in either theme, and fits a narrow screen', async ({ page }) => {
  await page.goto(`${place}?open=npapi`)
  await grid(page).getByRole('row', { name: /aks-npapi/ }).first().click()
  for (const tab of ['Match', 'Pods', 'Capacity', 'Raw']) {
    await details(page).getByRole('tab', { name: tab }).click()
    await expectAccessible(page)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  for (const tab of ['Match', 'Pods']) {
    await details(page).getByRole('tab', { name: tab }).click()
    expect(await details(page).evaluate((panel) => panel.scrollWidth <= panel.clientWidth)).toBe(true)
  }
})

test('the smallest repair of what is listed becomes a group, and its nodes turn ready before the eyes', async ({ page }) => {
  const table = grid(page)
  await page.getByRole('searchbox').fill('nvidia')
  const pool = table.getByRole('row', { name: /npgpu/ }).first()
  await expect(pool).toContainText('No VNG carries gpu=nvidia')
  await page.getByRole('button', { name: /^Repair \d+ unmatched…$/ }).click()
  const group = page.getByRole('region', { name: 'New group vng-nvidia' })
  await expect(page.getByText(/^1 new group gives \d+ nodes? a match\.$/)).toBeVisible()
  await expect(group).toContainText(/Takes \d+ nodes? of npgpu/)
  await expect(group).toContainText('gpu=nvidia')
  await expect(group).toContainText('sku=gpu:NoSchedule')
  await expectAccessible(page)
  await group.getByRole('button', { name: 'Create vng-nvidia…' }).click()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('vng-nvidia')
  await expect(page.getByText(/^\d+ unmanaged nodes? would match\.$/)).toBeVisible()
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.getByRole('button', { name: 'Show the nodes' }).click()
  await expect(page.getByRole('button', { name: /^Repair/ })).toBeHidden()
  await pool.click()
  const node = table.getByRole('row', { name: /aks-npgpu/ }).first()
  await expect(node).toContainText('Ready')
  expect(await cellsOf(table, node)).toMatchObject({ 'VNG match': expect.stringContaining('vng-nvidia') })
  await expect(node).toHaveClass(/\bchanged\b/)
})
