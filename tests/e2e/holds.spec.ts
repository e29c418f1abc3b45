import type { Browser, Page } from '@playwright/test'
import { acknowledge, continueTo } from './support/launch'
import type { Stack } from './support/stack'
import { expect, expectAccessible, test } from './support/test'

test.use({ stackName: 'holds' })

const nodesPlace = '/clusters/o-demo0001/nodes?open=npbatch'
const grid = (page: Page) => page.getByRole('treegrid', { name: 'Nodes to migrate' })
const boxOf = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true })
const rowOf = (page: Page, name: string) => grid(page).getByRole('row').filter({ has: boxOf(page, name) })
const panel = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

const hold = async (page: Page, name: string, reason: string) => {
  await boxOf(page, name).click()
  await page.getByRole('button', { name: 'Hold…' }).click()
  await panel(page, /^Hold /).getByLabel('Reason').fill(reason)
  await page.keyboard.press('Enter')
  await expect(panel(page, /^Hold /)).toBeHidden()
  await expect(rowOf(page, name)).toContainText(`Held on purpose: “${reason}”, by ops-1`)
}

/** A colleague with a token and a browser of their own. */
const colleague = async (browser: Browser, stack: Stack): Promise<Page> => {
  const page = await (await browser.newContext({ baseURL: stack.url })).newPage()
  await page.goto(nodesPlace)
  await page.getByLabel('Spot API token').fill('second-token')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Your name').fill('Bob')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(rowOf(page, 'pool npbatch')).toBeVisible()
  return page
}

const namesOf = async (page: Page): Promise<string[]> => {
  const answer = (await (await page.request.get('/api/clusters/o-demo0001/nodes')).json()) as { nodes: { nodeName: string; poolName: string }[] }
  return answer.nodes.filter(({ poolName }) => poolName === 'npbatch').map(({ nodeName }) => nodeName)
}

test('what one operator holds is left out of another’s plan, refused at launch, and released by either', async ({ operator, page, browser, stack }) => {
  await operator.enter(nodesPlace)
  const [first = '', second = '', ...others] = await namesOf(page)
  const bob = await colleague(browser, stack)
  await boxOf(bob, 'pool npbatch').click()
  await bob.getByRole('button', { name: 'Plan migration' }).click()
  await expect(bob).toHaveURL(/migrate\?.*draft=/)

  await hold(page, first, 'index rebuild')
  await page.reload()
  await expect(rowOf(page, first)).toContainText('Held on purpose: “index rebuild”, by ops-1, until released.')
  await expect(boxOf(page, first)).toHaveAttribute('title', /index rebuild.*Release the hold/)
  await expect(page.getByRole('group', { name: 'Filter by readiness' }).getByRole('button', { name: '1 held' })).toBeVisible()

  await bob.reload()
  await expect(bob.getByRole('region', { name: '1 node held' })).toContainText(`${first}Held on purpose: “index rebuild”, by ops-1, until released.`)
  await expect(bob.getByRole('region', { name: `${others.length + 1} nodes will move` })).toBeVisible()
  await continueTo(bob, 'preferences', 'plan', 'launch')

  await hold(page, second, 'kernel upgrade')
  await acknowledge(bob)
  await bob.getByRole('button', { name: /^Start the migration/ }).click()
  await expect(bob.getByRole('main').getByRole('alert')).toContainText(`1 of ${others.length + 1} selected nodes is held: ${second}. The reason: “kernel upgrade”, by ops-1, until released. Nothing was started.`)
  await bob.getByRole('button', { name: 'Leave 1 node out' }).click()
  await expect(bob.getByRole('button', { name: `Start the migration of ${others.length} nodes` })).toBeVisible()

  await bob.goto(`${nodesPlace}&node=${first}`)
  await panel(bob, first).getByRole('button', { name: 'Release this node' }).click()
  await expect(panel(bob, first).getByRole('button', { name: 'Hold…' })).toBeVisible()
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(boxOf(page, first)).not.toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('button', { name: /^Holds: / }).click()
  await expect(panel(page, 'Holds').getByRole('listitem')).toHaveCount(1)
  await panel(page, 'Holds').getByRole('button', { name: 'Release this node' }).click()
  await expect(panel(page, 'Holds')).toContainText('Nothing is held')
  await page.keyboard.press('Escape')
  await expect(boxOf(page, second)).not.toHaveAttribute('aria-disabled', 'true')
  await bob.context().close()
})

test('a pool is held as a whole, by a form that names its faults', async ({ operator, page }) => {
  await operator.enter(nodesPlace)
  await boxOf(page, 'pool npbatch').click()
  await page.getByRole('button', { name: 'Hold…' }).click()
  const form = panel(page, /^Hold \d+ nodes/)
  await form.getByRole('radio', { name: 'At a time of your choice' }).check()
  await form.getByRole('button', { name: /^Hold / }).click()
  await expect(form.getByText('Write why it is held.')).toBeVisible()
  await expect(form.getByText('Choose day and time.')).toBeVisible()
  await expectAccessible(page)
  await form.getByRole('radio', { name: /^pool npbatch/ }).check()
  const whole = panel(page, 'Hold pool npbatch')
  await whole.getByLabel('Reason').fill('nightly run')
  await whole.getByRole('radio', { name: 'In 1 hour' }).check()
  // The session ends before it is sent: signed in again, the person finds it as it was.
  await page.context().clearCookies()
  await whole.getByRole('button', { name: 'Hold pool npbatch' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await operator.signIn()
  await expect(whole.getByLabel('Reason')).toHaveValue('nightly run')
  await whole.getByRole('button', { name: 'Hold pool npbatch' }).click()
  await expect(rowOf(page, 'pool npbatch')).toContainText('“nightly run”, by ops-1 for pool npbatch, until')
  await page.getByRole('button', { name: 'Holds: 1' }).click()
  await expectAccessible(page)
  await panel(page, 'Holds').getByRole('button', { name: 'Release pool npbatch' }).click()
  await expect(panel(page, 'Holds')).toContainText('Nothing is held')
})
