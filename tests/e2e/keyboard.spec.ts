import type { Page } from '@playwright/test'
import { expect, test } from './support/test'

test.use({ stackName: 'keyboard' })

type Focused = { name: string; isUnticked: boolean }

const focused = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return { name: '', isUnticked: false }
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.innerText : undefined
    return { name: element.getAttribute('aria-label') ?? label ?? element.innerText, isUnticked: element.getAttribute('role') === 'checkbox' && element.getAttribute('aria-checked') === 'false' }
  })

/** Tabs on until the focus is on what the person looks for. */
const tabTo = async (page: Page, looksFor: RegExp | ((on: Focused) => boolean), limit = 90): Promise<void> => {
  const isFound = (on: Focused) => (looksFor instanceof RegExp ? looksFor.test(on.name) : looksFor(on))
  for (let step = 0; step < limit; step += 1) {
    await page.keyboard.press('Tab')
    if (isFound(await focused(page))) return
  }
  throw new Error(`the focus never came to ${looksFor}`)
}

const press = async (page: Page, name: RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> => {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

test('the whole way from sign-in over launch, watch and stop to the history goes by Tab and keys', async ({ page, stack }) => {
  test.setTimeout(180_000)
  await page.goto('/clusters/o-demo0002/nodes')
  await expect(page.getByLabel('Spot API token')).toBeEnabled()
  await tabTo(page, /^Spot API token/)
  await page.keyboard.type('demo-token')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Your name')).toBeVisible()
  await tabTo(page, /^Your name/)
  await page.keyboard.type('keys')
  await page.keyboard.press('Enter')
  const grid = page.getByRole('treegrid', { name: 'Nodes to migrate' })
  await expect(grid.getByRole('row', { name: /npweb/ })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('npweb')
  await expect(grid.getByRole('row', { name: /npapi/ })).toBeHidden()
  await tabTo(page, /^Nodes to migrate$/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page.getByText(/^[1-9]\d* of \d+ selected$/)).toBeVisible()
  await press(page, /^Plan migration$/)
  for (const step of ['preferences', 'plan', 'launch']) {
    await expect(page.getByRole('button', { name: `Continue to ${step}` })).toBeVisible()
    await press(page, new RegExp(`^Continue to ${step}$`))
  }
  await stack.admin.time({ speed: 20 })
  const risks = page.getByRole('main').getByRole('checkbox', { checked: false })
  await expect(risks.first()).toBeVisible()
  for (let left = await risks.count(); left > 0; left -= 1) {
    await tabTo(page, ({ isUnticked }) => isUnticked)
    await page.keyboard.press('Space')
    await expect(risks).toHaveCount(left - 1)
  }
  await press(page, /^Start the migration/)
  await expect(page).toHaveURL(/migrations\/scr-/)
  const migrationId = /scr-[0-9a-f]+/.exec(page.url())?.[0] ?? ''

  await expect(page.getByText(/^live/)).toBeVisible()
  await tabTo(page, /^Nodes/)
  await page.keyboard.press('End')
  await expect(page.getByRole('tab', { name: 'Options' })).toHaveAttribute('aria-selected', 'true')
  await press(page, /^Stop$/)
  await expect(page.getByRole('dialog', { name: 'Stop this run' })).toBeVisible()
  await press(page, /^Stop the run$/)
  await expect(page.getByRole('dialog')).toBeHidden()
  await stack.admin.time({ speed: 600 })
  await expect(page.getByRole('heading', { name: 'Outcome' })).toBeVisible({ timeout: 60_000 })

  await press(page, /^Runs/)
  const runs = page.getByRole('grid', { name: 'Runs' })
  const row = runs.getByRole('row', { name: new RegExp(migrationId) })
  await expect(row).toContainText('Stopped')
  await tabTo(page, /^Runs$/)
  await expect(runs).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`migrations/${migrationId}`))
})

test('the palette leads to a page of the cluster', async ({ operator, page }) => {
  await operator.enter('/clusters/o-demo0001/nodes')
  await expect(page.getByRole('heading', { name: 'Nodes to migrate' })).toBeVisible()
  await expect(page.getByRole('meter', { name: 'API budget' }), 'the scripts of the page run').toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('inventory')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/inventory/)
})
