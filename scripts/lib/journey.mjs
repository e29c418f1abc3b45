import { chromium } from '@playwright/test'
import { chromiumOptions } from './chromium.mjs'

/** Chromium as the browser tests start it. */
export const launchChromium = () => chromium.launch(chromiumOptions())

/** Signs in on the real page. */
export const signIn = async (page, url) => {
  await page.goto(`${url}/clusters`)
  await page.getByLabel('Spot API token').fill('demo-token')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Your name').fill('ops-1')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/clusters/)
}

const clusterId = 'o-demo0001'
export const at = (place) => `/clusters/${clusterId}/${place}`

/** Chooses pools on the nodes page and opens the plan; resolves to the address of the wizard. */
export const choosePools = async (page, url, pools) => {
  await page.goto(url + at('nodes'))
  for (const pool of pools) await page.getByRole('treegrid').getByRole('row', { name: new RegExp(pool) }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await page.waitForURL(/migrate\?.*draft=/)
  return page.url()
}

/** Goes through the wizard to its end; resolves to the address of the run. */
export const launch = async (page, comment) => {
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
  await page.getByLabel('Comment').fill(comment)
  for (const step of ['plan', 'launch']) await page.getByRole('button', { name: `Continue to ${step}` }).click()
  const risks = page.getByRole('main').getByRole('checkbox', { checked: false })
  const start = page.getByRole('button', { name: /Start the migration/ })
  // Risks come with the facts of the plan, so the first look may be too early for some.
  while (!(await start.isEnabled())) await risks.first().click({ timeout: 2_000 }).catch(() => undefined)
  await start.click()
  await page.waitForURL(/migrations\/scr-/)
  return page.url()
}
