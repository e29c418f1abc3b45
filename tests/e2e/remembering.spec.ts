import type { Page } from '@playwright/test'
import { acknowledge, continueTo } from './support/launch'
import { clusterId } from './support/run-end'
import { expect, expectAccessible, test } from './support/test'

test.use({ stackName: 'remembering', stackLike: { nodes: 40, speed: 10 } })
test.describe.configure({ mode: 'serial' })

const pauses = 'Unwatched: recording pauses when you close this page.'
const keepWithMine = { name: 'Keep recording with my sign-in' }
let migrationId = ''
const runPage = () => `/clusters/${clusterId}/migrations/${migrationId}`

const launchRefusing = async (page: Page) => {
  await page.goto(`/clusters/${clusterId}/nodes`)
  await page.getByRole('treegrid').getByRole('row', { name: /npapi/ }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  for (const step of ['preferences', 'plan', 'launch'] as const) {
    await continueTo(page, step)
    await expect(page).toHaveURL(new RegExp(`step=${step}`))
  }
  await acknowledge(page)
  const box = page.getByRole('checkbox', { name: 'Keep recording with my sign-in after I close the page' })
  await expect(box).toBeChecked()
  await expect(page.getByText('removed within an hour of its end')).toBeVisible()
  await box.click()
  await expect(page.getByText('what happens in between shows as a gap')).toBeVisible()
  await page.getByRole('button', { name: /Start the migration/ }).click()
  await page.waitForURL(/migrations\/scr-/)
  migrationId = /scr-\w+/.exec(page.url())?.[0] ?? ''
}

test('a starter refuses at launch: the run is unwatched after they leave, and the time shows as a gap', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  await launchRefusing(page)
  await expect(page.getByText(pauses)).toBeVisible()
  await expect(page.getByText(/^live/)).toBeVisible()
  await expectAccessible(page)

  await page.goto('/clusters')
  const row = page.getByRole('row', { name: new RegExp(clusterId) })
  await expect(row.getByText('Unwatched')).toBeVisible({ timeout: 30_000 })
  await page.goto(`/clusters/${clusterId}/nodes`)
  await page.getByRole('link', { name: /Unwatched: nobody records it/ }).click()
  await expect(page.getByText(/^live/)).toBeVisible()
  await expect(page.getByText(/gaps? in the record/)).toBeVisible()
})

test('a viewer agrees: the run goes on with nobody looking, and others see a colleague’s sign-in', async ({ page, browser, operator, stack }) => {
  await operator.enter(runPage())
  await expect(page.getByText(pauses)).toBeVisible()
  const context = await browser.newContext({ baseURL: stack.url })
  const bea = await context.newPage()
  await bea.goto('/clusters')
  await bea.getByLabel('Spot API token').fill('second-token')
  await bea.getByRole('button', { name: 'Continue' }).click()
  await expect(bea.getByLabel('Account')).toBeVisible()
  await bea.getByLabel('Your name').fill('Bea')
  await bea.getByRole('button', { name: 'Sign in' }).click()
  await expect(bea.getByRole('heading', { level: 1, name: 'Clusters' })).toBeVisible()
  await bea.goto(runPage())
  await bea.getByRole('button', keepWithMine).click()
  await expect(bea.getByText('Recorded with your sign-in until the run ends.')).toBeVisible()
  await expect(page.getByText('Recorded with a colleague’s sign-in until the run ends.')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', keepWithMine)).toBeHidden()
  // From here on somebody's sign-in is kept: no further gap may come.
  const gaps = await page.getByText(/gaps? in the record/).innerText()

  await bea.getByRole('button', { name: 'Take my sign-in back' }).click()
  await expect(bea.getByText(pauses), 'recorded while they look').toBeVisible()
  await bea.getByRole('button', keepWithMine).click()
  await expect(bea.getByText('Recorded with your sign-in until the run ends.')).toBeVisible()
  await context.close()
  await page.goto('/settings')
  await stack.admin.time({ speed: 600 })
  await page.goto(`/clusters/${clusterId}/migrations`)
  await expect(page.getByRole('row', { name: new RegExp(migrationId) })).toContainText('Completed', { timeout: 60_000 })
  await page.goto(runPage())
  await expect(page.getByRole('heading', { name: 'Outcome' })).toBeVisible()
  await expect(page.getByText(gaps), 'those from before').toBeVisible()
  await expect(page.getByText(/sign-in until the run ends/)).toBeHidden()
})

test('a run is deleted by typing its id, and the list says that only Spot knows it now', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  const share = page.getByRole('region', { name: 'Managed by Ocean' })
  await share.getByRole('button', { name: 'As table' }).click()
  await expect(share.getByRole('row').nth(1)).toContainText('%')
  await page.goto(runPage())
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete the record of a run' })
  const remove = dialog.getByRole('button', { name: 'Delete the record' })
  await dialog.getByRole('textbox').fill('scr-00000000')
  await expect(remove).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('textbox').fill(migrationId)
  await expectAccessible(page)
  await dialog.getByRole('textbox').press('Enter')
  await expect(page).toHaveURL(/migrations$/)
  await expect(page.getByRole('main')).toBeFocused()
  const row = page.getByRole('row', { name: new RegExp(migrationId) })
  await expect(row).toContainText('API only')
  await row.getByRole('checkbox').click()
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toHaveAttribute('aria-disabled', 'true')
  await row.getByRole('link').click()
  await expect(page.getByText('Slipway has no record of this run')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Delete', description: 'Only Spot lists this run: Slipway holds no record of it that could be deleted.' })).toBeVisible()
})

test('the list of runs and the settings have no serious accessibility finding in either theme', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  await expect(page.getByRole('figure', { name: 'Managed by Ocean' })).toBeVisible()
  await expectAccessible(page)
  await page.goto('/settings')
  await expect(page.getByText('until somebody deletes them')).toBeVisible()
  await expectAccessible(page)
})
