import type { Page } from '@playwright/test'
import { acknowledge, continueTo, launch, poolNodes } from './support/launch'
import { clusterId } from './support/run-end'
import { expect, expectAccessible, test } from './support/test'

test.use({ stackName: 'prepared', stackLike: { scenario: 'pdb-skips-everything-but-completes', speed: 1200 } })
test.describe.configure({ mode: 'serial' })

test.beforeEach(async ({ operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
})

const planPool = async (page: Page, pool: string) => {
  await page.goto(`/clusters/${clusterId}/nodes`)
  await page.getByRole('treegrid').getByRole('row', { name: new RegExp(pool) }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
}

const choose = async (page: Page, select: RegExp | string, option: string) => {
  await page.getByRole('combobox', { name: select }).selectOption({ label: option })
}

test('an unfinished plan is found again, by a colleague too, until somebody deletes it', async ({ page, browser, stack }) => {
  await planPool(page, 'npapi')
  const saved = page.waitForResponse((response) => response.request().method() === 'PUT')
  await page.getByLabel('Comment').fill('half a thought')
  await saved
  await page.goto(`/clusters/${clusterId}/migrations`)
  const plans = page.getByRole('region', { name: 'Unfinished plans' })
  await expect(plans).toContainText('begun by ops-1')
  await plans.getByRole('link', { name: /^Go on/ }).click()
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
  await expect(page.getByLabel('Comment')).toHaveValue('half a thought')

  const colleague = await browser.newContext({ baseURL: stack.url })
  const theirs = await colleague.newPage()
  await theirs.goto(`/clusters/${clusterId}/migrate`)
  await theirs.getByLabel('Spot API token').fill('demo-token')
  await theirs.getByRole('button', { name: 'Continue' }).click()
  await theirs.getByLabel('Your name').fill('ops-2')
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  const shared = theirs.getByRole('region', { name: 'Unfinished plans' })
  await expect(shared).toContainText('“half a thought”')
  await shared.getByRole('button', { name: /^Delete the plan/ }).click()
  await theirs.getByRole('dialog').getByRole('button', { name: 'Delete the plan' }).click()
  // While a dialog is open the page behind it is hidden from roles, whatever it shows.
  await expect(theirs.getByRole('dialog')).toBeHidden()
  await expect(shared).toBeHidden()
  await colleague.close()
  const told = page.waitForResponse(/\/drafts$/)
  await page.goto(`/clusters/${clusterId}/migrations`)
  await told
  await expect(page.getByRole('row', { name: /^Select scr-/ }).first()).toBeVisible()
  await expect(plans).toBeHidden()
})

test('a preset is saved, is what new plans start from, and goes', async ({ page }) => {
  await planPool(page, 'npapi')
  const size = page.getByLabel('Batch size, percent')
  await size.fill('35')
  const presets = page.getByRole('region', { name: 'Presets' })
  await presets.getByRole('button', { name: 'Save as preset' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Careful')
  await page.getByRole('dialog').getByRole('button', { name: 'Save preset' }).click()
  await expect(presets).toContainText('As in the preset Careful.')
  await presets.getByRole('button', { name: 'Manage presets' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Use as default' }).click()
  await expect(page.getByRole('dialog')).toContainText('Default of this cluster')
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await planPool(page, 'npweb')
  await expect(size).toHaveValue('35')
  await expect(presets).toContainText('which new plans of this cluster start from')
  await size.fill('36')
  await expect(presets).toContainText('These options are in no preset.')
  await choose(page, 'Preset', 'Careful')
  await expect(size).toHaveValue('35')
  await presets.getByRole('button', { name: 'Manage presets' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Delete Careful' }).click()
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(dialog).toContainText('Careful')
  await dialog.getByRole('button', { name: 'Delete Careful' }).click()
  await dialog.getByRole('button', { name: 'Delete Careful for everybody' }).click()
  await expect(page.getByRole('dialog')).toContainText('None is saved.')
  await page.keyboard.press('Escape')
  await expect(presets).toContainText('No preset is saved in this account yet.')
})

test('what a run skipped is planned again with the change that makes a difference, and moves', async ({ page, stack }) => {
  const names = (await poolNodes(stack, clusterId, 'npapi')).slice(0, 4)
  const first = await launch(page, clusterId, names, 'first try')
  await page.goto(`/clusters/${clusterId}/migrations/${first}`)
  const rest = page.getByRole('region', { name: 'Migrate the rest' })
  await expect(rest).toContainText(/\d+ nodes?\. Skipped: a Pod Disruption Budget/, { timeout: 60_000 })
  await choose(page, /^What to do with .*Skipped/, 'Take along and ignore budgets')
  await expect(rest).toContainText('a workload can lose all its replicas')
  await rest.getByRole('button', { name: /^Plan \d+ nodes?$/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Migrate \d+ nodes?/)
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
  await expect(page.getByLabel('Comment')).toHaveValue(new RegExp(first))
  await continueTo(page, 'plan', 'launch')
  await page.getByLabel('Name of the cluster').fill('prod-weu')
  await acknowledge(page)
  await page.getByRole('button', { name: /Start the migration/ }).click()
  await expect(page).toHaveURL(new RegExp(`migrations/scr-(?!${first.slice(4)})`))
  await expect(page.getByRole('region', { name: 'Outcome', exact: true })).toContainText(/[1-9]\d* nodes? moved/, { timeout: 60_000 })
  await page.getByRole('button', { name: 'Way back' }).click()
  await expect(page.getByRole('dialog')).toContainText('The way back')
  await expect(page.getByRole('dialog').getByRole('button', { name: /Copy|Download/ }).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click()
  await expect(page.getByRole('row', { name: new RegExp(`^Select ${first}`) })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Unfinished plans' }), 'a plan that was launched').not.toContainText(first)
})
