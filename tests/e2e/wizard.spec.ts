import type { Page } from '@playwright/test'
import { expect, test } from './support/test'
import { acknowledge, continueTo } from './support/launch'

const choosePool = async (page: Page, pool: string) => {
  await page.goto('/clusters/o-demo0001/nodes')
  await page.getByRole('treegrid').getByRole('row', { name: new RegExp(pool) }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await expect(page).toHaveURL(/migrate\?.*draft=/)
}

test.beforeEach(async ({ operator }) => {
  await operator.enter('/clusters')
})

test('every faulty value is named at its field, survives a reload and holds the plan back; a change of another tab is not overwritten', async ({ page }) => {
  await choosePool(page, 'npbatch')
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
  const size = page.getByLabel('Batch size, percent')
  const healthy = page.getByLabel('Healthy, percent')
  const next = page.getByRole('button', { name: 'Continue to plan' })
  for (const [value, sentence] of [
    ['0', 'The batch size is from 1 to 100.'],
    ['101', 'The batch size is from 1 to 100.'],
    ['2.5', 'The batch size is a whole number from 1 to 100.'],
    ['', 'Enter a batch size from 1 to 100.'],
  ] as const) {
    await size.fill(value)
    await expect(page.getByText(sentence)).toBeVisible()
    await expect(next).toHaveAttribute('aria-disabled', 'true')
  }
  await size.fill('20')
  await healthy.fill('0')
  await expect(page.getByText('The healthy percentage is from 1 to 100.')).toBeVisible()
  await expect.poll(async () => (await page.request.get(page.url().replace(/.*clusters/, '/api/clusters').replace(/migrate\?draft=([^&]+).*/, 'drafts/$1'))).text()).toContain('"batchMinHealthyPercentage":"0"')
  await page.reload()
  await expect(healthy).toHaveValue('0')
  await healthy.fill('50')
  const comment = page.getByLabel('Comment')
  await comment.fill('x'.repeat(243))
  await expect(page.getByText(/A comment is at most 242 characters long/)).toBeVisible()
  await comment.fill('x'.repeat(242))
  await expect(next).not.toHaveAttribute('aria-disabled', 'true')

  const saved = page.waitForResponse((response) => response.request().method() === 'PUT' && response.request().postData()?.includes('of this tab') === true)
  await comment.fill('of this tab')
  await saved
  const other = await page.context().newPage()
  await other.goto(page.url())
  const theirs = other.waitForResponse((response) => response.request().method() === 'PUT')
  await other.getByLabel('Comment').fill('of another tab')
  await theirs
  await comment.fill('of the morning')
  const notice = page.getByRole('alert').filter({ hasText: 'This plan was changed elsewhere.' })
  await expect(notice).toContainText('By ops-1')
  await notice.getByRole('button', { name: 'Take the plan as it was changed' }).click()
  await expect(comment).toHaveValue('of another tab')
  await expect(notice).toBeHidden()
})

test('nothing can be planned without a selection', async ({ page }) => {
  await page.goto('/clusters/o-demo0001/nodes')
  const plan = page.getByRole('button', { name: 'Plan migration' })
  await expect(page.getByRole('treegrid', { name: 'Nodes to migrate' }).getByRole('row', { name: /npweb/ }).first()).toBeVisible()
  await expect(plan).toHaveAttribute('aria-disabled', 'true')
  await plan.hover()
  await expect(page.getByRole('tooltip')).toContainText('Select at least one node first.')
  await page.goto('/clusters/o-demo0001/migrate')
  await expect(page.getByText('No nodes are selected')).toBeVisible()
})

test('a node that has gone since it was chosen is shown before anything is sent', async ({ page, stack }) => {
  await choosePool(page, 'npapi')
  await continueTo(page, 'preferences', 'plan', 'launch')
  await acknowledge(page)
  const names = (await (await fetch(`${stack.simulatorUrl}/ocean/azure/np/cluster/o-demo0001/nodes?accountId=act-demo0001`, { headers: { authorization: 'Bearer demo-token' } })).json()) as { response: { items: { nodeName: string; nodePoolName: string }[] } }
  const nodeName = names.response.items.find(({ nodePoolName }) => nodePoolName === 'npapi')?.nodeName ?? ''
  await stack.admin.twin({ kind: 'vanish-node', clusterId: 'o-demo0001', nodeName })
  const before = (await stack.admin.journal()).filter(({ method }) => method === 'POST').length
  await page.getByRole('button', { name: /Start the migration/ }).click()
  await expect(page.getByText(nodeName)).toBeVisible()
  expect((await stack.admin.journal()).filter(({ method }) => method === 'POST').length, 'nothing was sent').toBe(before)
  await page.getByRole('button', { name: 'Leave 1 node out' }).click()
  await expect(page.getByText(nodeName)).toBeHidden()
})

test('a step that rests on another cannot be opened by its address alone', async ({ page }) => {
  await choosePool(page, 'npbatch')
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
  await page.getByLabel('Batch size, percent').fill('0')
  const url = page.url()
  await expect(page.getByText('The batch size is from 1 to 100.')).toBeVisible()
  await expect.poll(async () => (await page.request.get(url.replace(/.*clusters/, '/api/clusters').replace(/migrate\?draft=([^&]+).*/, 'drafts/$1'))).text()).toContain('"batchSizePercentage":"0"')
  await page.goto(url.replace('step=preferences', 'step=launch'))
  await expect(page.getByLabel('Batch size, percent')).toBeVisible()
})
