import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './support/test'

/** Kubernetes is connected for the first cluster; its workloads have what real ones have. */
test.use({ stackName: 'plan', stackLike: { scenario: 'mixed', nodes: 60, isKubernetesConnected: true } })

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const switchOf = (page: Page, name: string) => page.getByRole('switch', { name })

test('an operator sees what each option does, which batch overdraws which budget, whether it fits, and takes the ways out', async ({ page, operator }) => {
  await page.goto('/clusters/o-demo0001/nodes')
  await operator.signIn()
  const row = page.getByRole('treegrid').getByRole('row', { name: /npapi/ }).first()
  await row.getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await page.getByRole('button', { name: 'Continue to preferences' }).click()

  const options = card(page, 'What may be disrupted')
  await expect(options).toContainText(/\d+ pods of \d+ workloads are moved/)
  await expect(options).toContainText(/\d+ nodes of \d+ would be skipped now: \d+ pods there may not be disrupted\./)
  await options.getByText(/^\d+ budgets? that refuses? now$/).click()
  await expect(options.getByText(/^api\/feature-flags-pdb: \d+ pods of \S.* on \d+ nodes?, lets 0 go, 2 healthy, 2 needed$/)).toBeVisible()
  await switchOf(page, 'Respect Pod Disruption Budgets').click()
  await expect(options).toContainText(/\d+ pods would be evicted against a budget that refuses now, on \d+ nodes/)
  await switchOf(page, 'Respect Pod Disruption Budgets').click()
  await switchOf(page, 'Respect restrict scale down').click()
  await expect(options).toContainText(/\d+ nodes? of \d+ would be skipped, for \d+ pods?\./)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Continue to plan' }).click()
  const who = card(page, 'Who moves')
  await expect(who).toContainText(/would be skipped as things are now/)
  const room = card(page, 'Room')
  await expect(room.getByRole('row', { name: /^vng-api, nodes Fits/ })).toBeVisible()
  await expect(room.getByRole('row', { name: /^Cluster, vCPU Fits/ })).toBeVisible()
  const checks = card(page, 'Before you launch')
  await expect(checks).toContainText(/Budgets \(warning\): \d+ nodes hold pods that may not be disrupted now and would be skipped/)
  await expect(checks).toContainText('No roll is on.')
  await expectAccessible(page)

  const heading = page.getByRole('heading', { level: 1 })
  const before = await heading.innerText()
  await who.getByRole('button', { name: 'Leave them out' }).click()
  await expect(heading).not.toHaveText(before)
  await expect(who).not.toContainText('would be skipped as things are now')
})

test('a smaller batch that overdraws no budget is offered and taken', async ({ page, operator }) => {
  await page.goto('/clusters/o-demo0001/nodes')
  await operator.signIn()
  await page.getByRole('treegrid').getByRole('row', { name: /npweb/ }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
  await page.getByLabel('Batch size, percent').fill('100')
  await page.getByRole('button', { name: 'Continue to plan' }).click()
  await expect(page.getByText('All at once.')).toBeVisible()
  const budgets = card(page, 'Budgets')
  await expect(budgets).toContainText(/Batch 1: overdraws \d+ budgets?: web\/\S+-pdb/)
  await budgets.getByText('Pods, nodes, and what each lets go').click()
  await expect(budgets.getByText(/^web\/\S+-pdb: \d+ pods, lets \d+ go at a time; on aks-npweb-/).first()).toBeVisible()
  const use = budgets.getByRole('button', { name: /^Use \d+ %$/ })
  const percent = /\d+/.exec(await use.innerText())?.[0] ?? ''
  await use.click()
  await expect(use).toBeHidden()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByLabel('Batch size, percent')).toHaveValue(percent)
})
