import { expect, readUntilRefused, test } from './support/test'

test.beforeEach(async ({ operator }) => {
  await operator.enter('/clusters')
})

test('an error of Spot, a page instead of JSON and a cut answer are each said in a sentence, the rows stay with their age, and the page recovers by itself', async ({ page, stack }) => {
  await page.goto('/clusters/o-demo0001/nodes')
  const pool = page.getByRole('treegrid').getByRole('row', { name: /npweb/ })
  await expect(pool).toBeVisible()
  for (const [effect, sentence] of [
    [{ kind: 'status', status: 500 }, /Spot answered with an error/],
    [{ kind: 'garbage', body: 'html' }, /an answer that is not JSON/],
    [{ kind: 'cut', afterBytes: 400 }, /an incomplete answer/],
  ] as const) {
    await stack.admin.clearFaults()
    await stack.admin.fault({ method: 'GET', pathContains: '/discovery', effect })
    await readUntilRefused(page, sentence)
    await expect(page.getByText('Not up to date.')).toBeVisible()
    await expect(pool).toBeVisible()
  }
  await stack.admin.clearFaults()
  await expect(page.getByText(/Spot (answered|sent)/)).toHaveCount(0, { timeout: 45_000 })
  await expect(page.getByText('Not up to date.')).toBeHidden()
})

test('with Spot down every other list says what failed, with ids for a ticket and a way to try again, which works once Spot is back', async ({ page, stack }) => {
  const inCluster = (place: string) => `/clusters/o-demo0002/${place}`
  const alert = page.getByRole('main').getByRole('alert')
  await stack.admin.fault({ method: 'GET', effect: { kind: 'status', status: 503 } })
  for (const place of [inCluster('migrations'), inCluster('inventory'), inCluster('log'), inCluster('vngs')]) {
    await page.goto(place)
    await expect(alert.getByText(/Spot answered with an error/).first(), place).toBeVisible()
    await expect(alert.getByText(/Spot request id/).first(), place).toBeVisible()
  }
  await stack.admin.clearFaults()
  await alert.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('grid', { name: 'Virtual node groups' }).getByRole('row', { name: /Default/ })).toBeVisible()
  await expect(alert).toHaveCount(0)
})

test('while Spot hangs the rows stay, the page says that no answer came, and it recovers by itself; a log that is followed meanwhile is read on and keeps its lines when that fails', async ({ page, context, stack }) => {
  await page.goto('/clusters/o-demo0001/nodes')
  const pool = page.getByRole('treegrid').getByRole('row', { name: /npweb/ })
  await expect(pool).toBeVisible()
  await stack.admin.clearJournal()
  const log = await context.newPage()
  await log.goto('/clusters/o-demo0001/log')
  await log.getByRole('switch', { name: 'Follow' }).click()
  await expect(log).toHaveURL(/follow=true/)
  await expect(log.getByRole('button', { name: 'Read again' })).toBeVisible()
  await stack.admin.fault({ method: 'GET', pathContains: '/log', effect: { kind: 'status', status: 500 } })
  await stack.admin.fault({ method: 'GET', pathContains: '/discovery', effect: { kind: 'hang-before' } })
  await expect(async () => {
    const hung = (await stack.admin.journal()).filter(({ path, status }) => path.endsWith('/discovery') && status === null)
    if (hung.length === 0) await page.getByRole('button', { name: 'Read again' }).click({ timeout: 2_000 })
    expect(hung).not.toEqual([])
  }).toPass({ timeout: 30_000 })
  await expect(page.getByText(/did not answer in time/).first()).toBeVisible({ timeout: 45_000 })
  await expect(pool).toBeVisible()
  await expect.poll(async () => (await stack.admin.journal()).filter(({ path }) => path.endsWith('/log')).length, 'readings of the log').toBeGreaterThanOrEqual(2)
  await expect(log.getByText('Not up to date.')).toBeVisible({ timeout: 15_000 })
  await log.close()
  await stack.admin.clearFaults()
  await expect(page.getByText(/did not answer in time/)).toHaveCount(0, { timeout: 60_000 })
})

test('inside a block of the rate limit nothing is asked, and the page says when it goes on', async ({ page, stack }) => {
  await stack.admin.fault({ method: 'GET', pathContains: '/discovery', times: 1, effect: { kind: 'rate-limit', resetSeconds: 12 } })
  await page.goto('/clusters/o-demo0001/nodes')
  await readUntilRefused(page, /limits how often/)
  const blocked = (await stack.admin.journal()).filter(({ path, status }) => path.endsWith('/discovery') && status === 429)
  const since = blocked.at(-1)?.atMs ?? 0
  await expect(page.getByText(/limits how often/)).toHaveCount(0, { timeout: 60_000 })
  const after = (await stack.admin.journal()).filter(({ path, atMs }) => path.endsWith('/discovery') && atMs > since)
  expect((after[0]?.atMs ?? 0) - since, 'milliseconds of silence').toBeGreaterThanOrEqual(11_500)
})

test('a token that is revoked in mid-session leads to sign-in and back to the same page, with what was ticked still ticked; sign-out forgets it', async ({ page, stack, operator }) => {
  await page.goto('/clusters/o-demo0001/nodes?pools=npweb')
  const pool = page.getByRole('row', { name: /npweb/ }).getByRole('checkbox')
  const chosen = page.getByRole('main').getByText(/of \d+ selected/)
  await pool.click()
  await expect(pool).toBeChecked()
  const words = await chosen.innerText()
  await stack.admin.token({ token: 'demo-token', isRevoked: true })
  await expect(async () => {
    if (!page.url().includes('sign-in')) await page.getByRole('button', { name: 'Read again' }).click({ timeout: 2_000 })
    await expect(page).toHaveURL(/sign-in/, { timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
  await stack.admin.token({ token: 'demo-token', isRevoked: false })
  await operator.signIn()
  await expect(page).toHaveURL(/nodes\?pools=npweb/)
  await expect(pool).toBeChecked()
  await expect(chosen).toHaveText(words)
  await page.getByRole('button', { name: /act-demo0001/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/sign-in$/)
  await operator.signIn()
  await page.goto('/clusters/o-demo0001/nodes?pools=npweb')
  await expect(pool).not.toBeChecked()
})

test('names that carry markup, paths and reversed writing are shown as what they are', async ({ page, stack }) => {
  for (const [path, value] of [
    ['nodePoolName', '<img src=x onerror=alert(1)>'],
    ['nodeName', 'aks-../../etc-\u202Egnp.exe'],
  ] as const) {
    await stack.admin.clearFaults()
    await stack.admin.fault({ pathContains: '/discovery', effect: { kind: 'field', path, value } })
    await page.goto('/clusters/o-demo0002/nodes?group=none&hidden=')
    await expect(async () => {
      await page.getByRole('button', { name: 'Read again' }).click()
      await expect(page.getByText(path === 'nodePoolName' ? '<img src=x onerror=alert(1)>' : /aks-\.\.\/\.\.\/etc-/).first()).toBeVisible({ timeout: 3_000 })
    }).toPass({ timeout: 60_000 })
    expect(await page.getByRole('main').getByRole('img', { name: 'x' }).count()).toBe(0)
    expect(await page.getByRole('main').innerText()).not.toContain('\u202E')
  }
})
