import type { Page } from '@playwright/test'
import { expect, test } from './support/test'

test.use({ stackName: 'keyboard' })

/** Tabs on until the focus is on what the person looks for. */
const tabTo = async (page: Page, name: RegExp, limit = 60): Promise<void> => {
  for (let step = 0; step < limit; step += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? (element as HTMLElement | null)?.innerText ?? ''
    })
    if (name.test(focused)) return
  }
  throw new Error(`the focus never came to ${name}`)
}

test('the whole way from sign-in to a started migration goes by keyboard', async ({ page }) => {
  await page.goto('/clusters/o-demo0002/nodes')
  await expect(page.getByLabel('Spot API token')).toBeVisible()
  await page.getByLabel('Spot API token').focus()
  await page.keyboard.type('demo-token')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Your name')).toBeVisible()
  await page.getByLabel('Your name').focus()
  await page.keyboard.type('keys')
  await page.keyboard.press('Enter')
  const grid = page.getByRole('treegrid', { name: 'Nodes to migrate' })
  await expect(grid.getByRole('row', { name: /npweb/ })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('npweb')
  await expect(grid.getByRole('row', { name: /npapi/ })).toBeHidden()
  await tabTo(page, /Nodes to migrate/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page.getByText(/^[1-9]\d* of \d+ selected$/)).toBeVisible()
  await tabTo(page, /^Plan migration$/)
  await page.keyboard.press('Enter')
  for (const step of ['preferences', 'plan', 'launch']) {
    await expect(page.getByRole('button', { name: `Continue to ${step}` })).toBeVisible()
    await tabTo(page, new RegExp(`^Continue to ${step}$`))
    await page.keyboard.press('Enter')
  }
  const risks = page.getByRole('checkbox', { checked: false })
  await expect(risks.first()).toBeVisible()
  for (let left = await risks.count(); left > 0; left -= 1) {
    await risks.first().focus()
    await page.keyboard.press('Space')
    await expect(risks).toHaveCount(left - 1)
  }
  await tabTo(page, /^Start the migration/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/migrations\/scr-/)
})

test('the palette leads to a page of the cluster', async ({ operator, page }) => {
  await page.goto('/clusters/o-demo0001/nodes')
  await operator.signIn()
  await expect(page.getByRole('heading', { name: 'Nodes to migrate' })).toBeVisible()
  await expect(page.getByRole('meter', { name: 'API budget' }), 'the scripts of the page run').toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('inventory')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/inventory/)
})
