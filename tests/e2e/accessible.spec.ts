import { expect, expectAccessible, test } from './support/test'

/** Fifteen pages are examined in both themes, at some seconds a page. */
test.setTimeout(180_000)

const places = ['/clusters', '/clusters/o-demo0001/nodes?open=npweb,npgpu', '/clusters/o-demo0001/migrations', '/clusters/o-demo0001/vngs', '/clusters/o-demo0001/workloads', '/clusters/o-demo0001/inventory', '/clusters/o-demo0001/log', '/settings', '/no-such-page']

test('no page has a serious accessibility finding in either theme', async ({ operator, page }) => {
  await page.goto('/sign-in')
  await expect(page.getByLabel('Spot API token')).toBeVisible()
  await expectAccessible(page)
  await operator.signIn()
  for (const place of places) {
    await page.goto(place)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('main').locator('[aria-busy=true]')).toHaveCount(0)
    await expectAccessible(page)
  }
  await page.goto('/clusters/o-demo0001/nodes')
  await page.getByRole('treegrid').getByRole('row', { name: /npbatch/ }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await expect(page.getByRole('button', { name: 'Continue to preferences' })).toBeVisible()
  await expect(page).toHaveTitle(/./)
  await expectAccessible(page)
  for (const step of ['preferences', 'plan', 'launch']) {
    await page.getByRole('button', { name: `Continue to ${step}` }).click()
    await expectAccessible(page)
  }
  await page.goto('/clusters/o-demo0001/migrations')
  await page.getByRole('row', { name: /scr-/ }).first().getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('scr-')
  await expectAccessible(page)
})
