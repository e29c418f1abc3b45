import type { Page } from '@playwright/test'
import { startHoldingProxy } from './support/holding-proxy'
import { acknowledge, continueTo } from './support/launch'
import { cellsOf, expect, test } from './support/test'

const start = async (page: Page, pool: string, comment: string) => {
  await page.goto('/clusters/o-demo0001/nodes')
  await page.getByRole('treegrid').getByRole('row', { name: new RegExp(pool) }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
  await page.getByLabel('Comment').fill(comment)
  await continueTo(page, 'plan', 'launch')
  const button = page.getByRole('button', { name: /Start the migration/ })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await acknowledge(page)
  await button.click()
  await expect(page).toHaveURL(/migrations\/scr-[0-9a-f]+/)
}

test.use({ stackName: 'runs' })
test.describe.configure({ mode: 'serial' })

test.beforeEach(async ({ operator }) => {
  await operator.enter('/clusters')
})

test('an operator launches a pool, watches it to its end and finds it in the history', async ({ page, stack }) => {
  await stack.admin.time({ speed: 60 })
  await start(page, 'npweb', 'web tier, wave 1')
  const id = /scr-[0-9a-f]+/.exec(page.url())?.[0] ?? ''
  await expect(page.getByText('In progress').first()).toBeVisible()
  await expect(page.getByText('web tier, wave 1')).toBeVisible()
  const outcome = page.getByRole('region', { name: 'Outcome by node' })
  const figures = async (): Promise<Record<string, number>> => Object.fromEntries([...(await outcome.innerText()).matchAll(/(\d+)\s+(moved|in progress|to be migrated|skipped|failed)/g)].map(([, count, word]) => [word ?? '', Number(count)]))
  const total = Object.values(await figures()).reduce((sum, count) => sum + count, 0)
  expect(total, 'every node of the pool has an outcome').toBeGreaterThan(0)
  await expect.poll(async () => (await figures()).moved, { timeout: 60_000 }).toBeGreaterThan(0)
  expect(Object.values(await figures()).reduce((sum, count) => sum + count, 0)).toBe(total)
  for (const tab of ['Pods', 'New capacity', 'Log', 'Options']) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
    await expect(page.getByRole('tabpanel', { name: new RegExp(`^${tab}`) })).not.toBeEmpty()
  }
  await stack.admin.time({ speed: 600 })
  await expect(page.getByText('Completed').first()).toBeVisible({ timeout: 60_000 })
  expect(await figures()).toEqual({ moved: total, skipped: 0, failed: 0 })
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click()
  const runs = page.getByRole('grid', { name: 'Runs' })
  const row = runs.getByRole('row', { name: new RegExp(id) })
  await expect(row).toContainText('Completed')
  expect(await cellsOf(runs, row)).toMatchObject({ By: 'ops-1', Comment: 'web tier, wave 1', Moved: `${total} / ${total}`, Batches: '5', Status: 'Completed' })
})

test('a double click and two tabs start one migration, and a second launch names the first', async ({ page, stack, context }) => {
  await stack.admin.time({ speed: 20 })
  await stack.admin.clearJournal()
  await page.goto('/clusters/o-demo0001/nodes')
  await page.getByRole('treegrid').getByRole('row', { name: /npapi/ }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await continueTo(page, 'preferences', 'plan', 'launch')
  const other = await context.newPage()
  await other.goto(page.url())
  for (const tab of [page, other]) {
    await tab.bringToFront()
    await acknowledge(tab)
  }
  await Promise.all([page.getByRole('button', { name: /Start the migration/ }).dblclick(), other.getByRole('button', { name: /Start the migration/ }).click()])
  await expect.poll(async () => (await stack.admin.journal()).filter(({ method, path }) => method === 'POST' && path.endsWith('/migration')).length).toBe(1)
  const winner = await Promise.race([page, other].map((tab) => tab.waitForURL(/migrations\/scr-/).then(() => tab)))
  const loser = winner === page ? other : page
  await expect(loser.getByText(/already on in this cluster|scr-/).first()).toBeVisible()
})

test('two tabs of one browser share one stream, and the second goes on when the first is left', async ({ page, stack, context }) => {
  await stack.admin.time({ speed: 2 })
  const viewers = async () => /^slipway_viewers (\d+)$/m.exec(await (await fetch(`${stack.url}/api/metrics`)).text())?.[1]
  await page.goto('/clusters/o-demo0001/nodes')
  await page.getByRole('link', { name: /Open run|open/i }).first().click()
  await expect(page.getByText(/^live/)).toBeVisible()
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByText(/^live/)).toBeVisible()
  expect(await viewers()).toBe('1')
  await page.goto('/clusters')
  await expect.poll(viewers).toBe('1')
  const moved = async () => Number(/(\d+)\s+moved/.exec(await other.getByRole('main').innerText())?.[1])
  const before = await moved()
  await stack.admin.time({ speed: 60 })
  await expect.poll(moved, { timeout: 60_000 }).toBeGreaterThan(before)
  // The next story stops this run in the middle.
  await stack.admin.time({ speed: 2 })
  await expect(other.getByText(/^live/)).toBeVisible()
  await other.close()
  await expect.poll(viewers).toBe('0')
})

test('a tab that was put to sleep shows at once where the run is when it wakes, and leads to sign-in and back when its session ended meanwhile', async ({ page, stack, context, operator }) => {
  await page.goto('/clusters/o-demo0001/nodes')
  await page.getByRole('link', { name: /Open run|open/i }).first().click()
  await expect(page.getByText(/^live/)).toBeVisible()
  const address = page.url()
  const browser = await context.newCDPSession(page)
  const sleep = () => browser.send('Page.setWebLifecycleState', { state: 'frozen' })
  const wake = () => browser.send('Page.setWebLifecycleState', { state: 'active' })
  const changes = async () => ((await (await page.request.get(address.replace('/clusters', '/api/clusters'))).json()) as { changes: { kind: string; body: { status?: string } }[] }).changes
  const moved = async () => (await changes()).filter(({ kind, body }) => kind === 'node' && body.status === 'REPLACED').length
  const before = await moved()

  await sleep()
  await stack.admin.time({ speed: 60 })
  await expect.poll(moved, { timeout: 60_000 }).toBeGreaterThan(before)
  await stack.admin.time({ speed: 2 })
  await wake()
  await expect.poll(async () => Number(/(\d+)\s+moved/.exec(await page.getByRole('main').innerText())?.[1])).toBeGreaterThanOrEqual(await moved())
  await expect(page.getByText(/^live/)).toBeVisible()

  await sleep()
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const ended = await fetch(`${stack.url}/api/session`, { method: 'DELETE', headers: { cookie, origin: stack.url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' } })
  expect(ended.ok).toBe(true)
  await wake()
  await expect(page).toHaveURL(/sign-in/)
  await operator.signIn()
  await expect(page).toHaveURL(address)
  await expect(page.getByText(/^live/)).toBeVisible()
})

test('an operator stops a run in the middle on a narrow screen, after reading what that leaves behind', async ({ page, stack }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/clusters/o-demo0001/nodes')
  await page.getByRole('link', { name: /Open run|open/i }).first().click()
  await expect(page).toHaveURL(/migrations\/scr-/)
  await page.getByRole('button', { name: /^Stop/ }).first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('A stopped run cannot go on.')).toBeVisible()
  for (const title of ['Becomes schedulable again', 'Stays moved']) await expect(dialog.getByText(title, { exact: true })).toBeVisible()
  await expect(dialog.getByText(/The next batch does not start\./)).toBeVisible()
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await sideways(), 'pixels that the page scrolls sideways').toBe(0)
  await dialog.getByRole('button', { name: 'Stop the run' }).click()
  await expect(dialog).toBeHidden()
  await stack.admin.time({ speed: 600 })
  await expect(page.getByText('Stopped').first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('region', { name: 'Outcome by node' })).toContainText(/[1-9]\d*\s+not migrated/)
  expect(await sideways()).toBe(0)
})

test('a page opened after the server was killed shows the run from its beginning', async ({ page, stack, operator }) => {
  await stack.admin.time({ speed: 30 })
  await start(page, 'npbatch', 'through a restart')
  await expect(page.getByText('In progress').first()).toBeVisible()
  const address = page.url()
  const record = async () => (await (await page.request.get(address.replace('/clusters', '/api/clusters'))).json()) as { changes: { seq: number; atMs: number }[] }
  await expect.poll(async () => (await record()).changes.length).toBeGreaterThan(5)
  const before = await record()
  await stack.restartApp()
  await expect(async () => {
    const after = await record()
    expect(after.changes.slice(0, before.changes.length).map(({ seq, atMs }) => [seq, atMs])).toEqual(before.changes.map(({ seq, atMs }) => [seq, atMs]))
  }).toPass({ timeout: 30_000 })
  await stack.admin.time({ speed: 600 })
  await page.goto(address)
  if (page.url().includes('sign-in')) await operator.signIn()
  await expect(page.getByText(/Completed|Partly completed/).first()).toBeVisible({ timeout: 60_000 })
})

test('behind a proxy that holds streams back the page asks for itself, says so, and shows the end', async ({ page, stack }) => {
  await stack.admin.time({ speed: 20 })
  await start(page, 'npdata', 'behind a proxy')
  const proxy = await startHoldingProxy(stack.url)
  try {
    await page.goto(page.url().replace(stack.url, proxy.url))
    await expect(page.getByText(/asking every few seconds/)).toBeVisible({ timeout: 30_000 })
    expect(proxy.held()).toBeGreaterThan(0)
    await stack.admin.time({ speed: 600 })
    await expect(page.getByText(/Completed|Partly completed/).first()).toBeVisible({ timeout: 45_000 })
  } finally {
    await page.goto('about:blank')
    await proxy.close()
  }
})
