import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { cellsOf, expect, expectAccessible, readUntilRefused, test } from './support/test'

/** Kubernetes is connected for the first cluster; its workloads have what real ones have. */
test.use({ stackName: 'workloads', stackLike: { scenario: 'mixed', nodes: 60, isKubernetesConnected: true } })

const place = '/clusters/o-demo0001/workloads'
const grid = (page: Page) => page.getByRole('grid', { name: 'Workloads' })
const rowOf = (page: Page, name: string) => grid(page).getByRole('row', { name: new RegExp(`^${name} `) })
const details = (page: Page) => page.getByRole('dialog')
const part = (page: Page, name: string) => details(page).getByRole('region', { name })

const chooseFinding = async (page: Page, name: RegExp) => {
  await page.getByRole('button', { name: 'Filter by Finding' }).click()
  await page.getByRole('menuitemcheckbox', { name }).click()
  await page.keyboard.press('Escape')
}

const copied = async (page: Page, label: RegExp): Promise<string> => {
  await details(page).getByRole('button', { name: label }).click()
  await expect(details(page).getByRole('button', { name: 'Copied' })).toBeVisible()
  return page.evaluate(() => navigator.clipboard.readText())
}

test.beforeEach(async ({ operator, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await operator.enter(place)
  await expect(grid(operator.page).getByRole('gridcell').first()).toBeVisible()
})

test('an operator finds the budgets that allow nothing, reads the pods behind one, and takes the remedy along', async ({ page }) => {
  await chooseFinding(page, /^PDB allows none/)
  await expect(page).toHaveURL(/findings=pdb-allows-none/)
  expect(await cellsOf(grid(page), rowOf(page, 'api/feature-flags'))).toMatchObject({
    Kind: 'Deployment',
    'Pods ready': '2 of 3',
    PDB: 'lets 0 go, 2 healthy, 2 needed',
    Nodes: expect.stringMatching(/^\d nodes, npapi$/),
    Finding: expect.stringMatching(/PDB api\/feature-flags-pdb allows no disruption[^]*\+1 more/),
  })
  await rowOf(page, 'api/feature-flags').click()
  await expect(part(page, 'What moving it means')).toContainText('PDB api/feature-flags-pdb lets no pod go now: 2 healthy, 2 needed. With “respect PDB” the nodes are skipped; without it the budget is broken.')
  await expect(part(page, 'What moving it means')).toContainText('1 pod of them is not ready now.')
  await expect(part(page, 'Findings')).toContainText(/Its pods here: api\/feature-flags-\S+, api\/feature-flags-/)
  await expect(part(page, 'Findings')).toContainText('Repair or delete the pods that are not ready; the budget frees itself.')
  expect(await copied(page, /^Copy: Let PDB api\/feature-flags-pdb give one pod at a time, kubectl$/)).toBe(
    `kubectl patch poddisruptionbudget/feature-flags-pdb \\\n  --namespace=api \\\n  --type=merge \\\n  --patch='{"spec":{"minAvailable":null,"maxUnavailable":1}}'`,
  )
})

test('the spot toleration is copied for a workload that lacks it, in the form that was last looked at', async ({ page }) => {
  await chooseFinding(page, /^No spot toleration/)
  await page.getByLabel('Search workloads and budgets').fill('web/storefront-2')
  await rowOf(page, 'web/storefront-2').click()
  await expect(part(page, 'Findings')).toContainText('Add the toleration kubernetes.azure.com/scalesetpriority=spot:NoSchedule where spot nodes are wanted.')
  const command = await copied(page, /^Copy: Tolerate spot nodes, kubectl$/)
  expect(command).toContain('kubectl patch deployment/storefront-2')
  expect(command).toContain('"path":"/spec/template/spec/tolerations/-","value":{"key":"kubernetes.azure.com/scalesetpriority","operator":"Equal","value":"spot","effect":"NoSchedule"}')
  await details(page).getByRole('tab', { name: 'Helm values' }).click()
  expect(await copied(page, /^Copy: Tolerate spot nodes, Helm values$/)).toContain('tolerations:\n  - key: kubernetes.azure.com/scalesetpriority\n    operator: Equal\n    value: spot\n    effect: NoSchedule')
  await page.reload()
  await expect(details(page).getByRole('tab', { name: 'Helm values' })).toHaveAttribute('aria-selected', 'true')
})

test('a workload is opened by keyboard and leads to the node it sits on', async ({ page }) => {
  await page.getByLabel('Search workloads and budgets').fill('batch/license-server')
  await expect(grid(page).getByRole('row')).toHaveCount(2)
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(part(page, 'What moving it means')).toContainText('It is down from the eviction until its one pod is ready on another node.')
  const node = part(page, 'Nodes it sits on').getByRole('link')
  const nodeName = await node.innerText()
  await page.keyboard.press('Escape')
  await expect(details(page)).toBeHidden()
  await expect(grid(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await node.click()
  await expect(page).toHaveURL(/\/nodes\?/)
  await expect(page.getByRole('dialog', { name: nodeName })).toBeVisible()
})

test('table and details have no serious accessibility finding in either theme, and fit a narrow screen', async ({ page }) => {
  await expectAccessible(page)
  await rowOf(page, 'batch/license-server').click()
  await expect(part(page, 'Changes to copy')).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await details(page).evaluate((panel) => panel.scrollWidth <= panel.clientWidth)).toBe(true)
})

test('a cluster without Kubernetes says what would be shown and how to connect it', async ({ page }) => {
  await page.goto('/clusters/o-demo0002/workloads')
  await expect(page.getByText('Kubernetes is not connected')).toBeVisible()
  await expect(page.getByLabel('Settings', { exact: true })).toHaveText(/^KUBECONFIG_FILE=.*\s+KUBE_CONTEXTS=o-demo0002=/)
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
})

test('what Kubernetes no longer answers is named with its remedy, and is not taken for nothing', async ({ page, stack }) => {
  const file = path.join(stack.dataDir, 'kubeconfig')
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '127.0.0.1:1'))
  await readUntilRefused(page, /Not read: nodes, pods, Deployments and StatefulSets, Pod Disruption Budgets/)
  await expect(page.getByText('Pods are not read')).toBeVisible()
})
