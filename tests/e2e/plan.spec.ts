import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, type Operator } from './support/test'

/** Kubernetes is connected for the first cluster; its workloads have what real ones have. */
test.use({ stackName: 'plan', stackLike: { scenario: 'mixed', nodes: 60, isKubernetesConnected: true } })

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const switchOf = (page: Page, name: string) => page.getByRole('switch', { name })

test('an operator sees what each option does, which batch overdraws which budget, whether it fits, and takes the ways out', async ({ page, operator }) => {
  await operator.enter('/clusters/o-demo0001/nodes')
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

const planWebAtOnce = async ({ page, enter }: Operator) => {
  await enter('/clusters/o-demo0001/nodes')
  await page.getByRole('treegrid').getByRole('row', { name: /npweb/ }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
  await page.getByLabel('Batch size, percent').fill('100')
  await page.getByRole('button', { name: 'Continue to plan' }).click()
}

test('a smaller batch that overdraws no budget is offered and taken', async ({ page, operator }) => {
  await planWebAtOnce(operator)
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

test('a plan is split into runs whose nodes overdraw no budget together, and the rest is kept as a plan of its own', async ({ page, operator }) => {
  await planWebAtOnce(operator)
  const heading = page.getByRole('heading', { level: 1 })
  const nodesOf = async (text: Promise<string>) => Number(/(\d+) nodes?/.exec(await text)?.[1])
  const whole = await nodesOf(heading.innerText())
  const budgets = card(page, 'Budgets')
  const split = budgets.getByRole('button', { name: 'Plan the first run, keep the rest' })
  await split.click()
  await expect(budgets.getByRole('status')).toBeVisible()
  await expect(split, 'what is left overdraws nothing together').toBeHidden()
  const [first, rest] = [await nodesOf(heading.innerText()), await nodesOf(budgets.getByRole('status').innerText())]
  expect(first + rest, 'every node is in one of the two').toBe(whole)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByLabel('Comment')).toHaveValue('Run 1')

  await page.goto('/clusters/o-demo0001/migrate')
  const unfinished = page.getByRole('region', { name: 'Unfinished plans' }).getByRole('listitem').filter({ hasText: '“From run 2 on”' })
  await expect(unfinished).toContainText(`${rest} node`)
  await unfinished.getByRole('link', { name: /^Go on/ }).click()
  await expect(heading).toHaveText(new RegExp(`^Migrate ${rest} nodes?$`))
})
