import { launch, poolNodes } from './support/launch'
import { clusterId } from './support/run-end'
import { expect, expectAccessible, test } from './support/test'

/** The first batch is over in seconds; then time stands nearly still until its look is shown. */
const speed = 120

test.use({ stackName: 'landing', stackLike: { nodes: 80, speed, scenario: 'uncordon-fails', isKubernetesConnected: true } })
test.describe.configure({ mode: 'serial' })

test.beforeEach(({ operator }) => operator.enter(`/clusters/${clusterId}/migrations`))

test('a reader sees where nodes land while the run goes on, and what is left behind after the stop', async ({ page, stack }) => {
  const id = await launch(page, clusterId, (await poolNodes(stack, clusterId, 'npapi')).slice(0, 8), 'landing', { batchSizePercentage: 25 })
  await page.goto(`/clusters/${clusterId}/migrations/${id}`)
  const landing = page.getByRole('region', { name: 'Landing' })
  const moved = async () => Object.values((await stack.admin.runs())[id]?.nodes ?? {}).filter((status) => status === 'REPLACED').length
  await expect.poll(moved, { message: 'nodes of the first batch', timeout: 40_000, intervals: [100] }).toBe(2)
  await stack.admin.time({ speed: 1 })
  await expect(landing.getByText(/as seen after batch 1/)).toBeVisible({ timeout: 40_000 })
  await expect(landing.getByText(/new nodes?: .*(spot|on demand)/).first()).toBeVisible()
  const left = page.getByRole('region', { name: 'Left behind' })
  await expect(left, 'nothing is left over while it goes on').toBeHidden()
  await stack.admin.time({ speed })

  await expect(left).toBeVisible({ timeout: 60_000 })
  await expect(left.getByText(/^cordoned, \d+ pods?$/).first()).toBeVisible()
  await expect(left.getByText(/^kubectl uncordon aks-npapi/).first()).toBeVisible()
  await expect(page.getByRole('note').getByRole('link', { name: 'What was left behind, with commands' })).toBeVisible()
  await expect(landing.getByText(/at the end of the run/).first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Outcome' }).getByText(/^New capacity: \d+ (spot|on demand)/)).toBeVisible()

  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: 'charts follow the window, and nothing is wider than a phone' }).toBeLessThanOrEqual(390)

  await page.goto(`/clusters/${clusterId}/migrations/${id}/report`)
  await expect(page.getByRole('region', { name: 'Left behind' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Landing' })).toBeVisible()
})
