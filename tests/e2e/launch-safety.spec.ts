import type { Page } from '@playwright/test'
import { acknowledge, continueTo } from './support/launch'
import type { Stack } from './support/stack'
import { expect, expectAccessible, test } from './support/test'

/** The story leaves a run behind. */
test.use({ stackName: 'launch-safety' })

const clusterId = 'o-demo0001'
const headers = { authorization: 'Bearer demo-token', 'content-type': 'application/json' }

type Groups = { response: { items: { id: string; name: string }[] } }

/** Changes a node group as a colleague would in the vendor's console. */
const editGroup = async ({ simulatorUrl }: Stack, name: string) => {
  const at = (path: string) => `${simulatorUrl}/ocean/azure/np/virtualNodeGroup${path}accountId=act-demo0001`
  const { response } = (await (await fetch(at(`?oceanId=${clusterId}&`), { headers })).json()) as Groups
  const id = response.items.find((group) => group.name === name)?.id ?? ''
  const answer = await fetch(at(`/${id}?`), { method: 'PUT', headers, body: JSON.stringify({ virtualNodeGroup: { nodeCountLimits: { maxCount: 900 } } }) })
  expect(answer.status, await answer.text()).toBe(200)
}

type Rows = { nodes: { nodeName: string }[] }

/** Spot carries out what it seemed to have lost: a run that bears the mark. */
const carryOutLate = async (page: Page, { simulatorUrl }: Stack, cluster: string, mark: string) => {
  const { nodes } = (await (await page.request.get(`/api/clusters/${cluster}/nodes`)).json()) as Rows
  const body = JSON.stringify({ nodeNames: nodes.slice(0, 1).map(({ nodeName }) => nodeName), comment: `[sw-${mark}]` })
  const answer = await fetch(`${simulatorUrl}/ocean/azure/np/cluster/${cluster}/migration?accountId=act-demo0001`, { method: 'POST', headers, body })
  expect(answer.status, await answer.text()).toBe(200)
}

const startButton = (page: Page) => page.getByRole('button', { name: /Start the migration/ })
const reasonOf = async (page: Page) => {
  await startButton(page).hover()
  return page.getByRole('tooltip')
}

test('risks are acknowledged one by one, the name is typed, and what has changed is accepted before anything starts', async ({ page, stack, operator }) => {
  const posts = async () => (await stack.admin.journal()).filter(({ method, path }) => method === 'POST' && path.endsWith('/migration')).length
  await operator.enter(`/clusters/${clusterId}/nodes`)
  await page.getByRole('treegrid').getByRole('row', { name: /npapi/ }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await page.getByRole('button', { name: 'Continue to preferences' }).click()
  await page.getByRole('switch', { name: 'Respect Pod Disruption Budgets' }).click()
  await continueTo(page, 'plan', 'launch')

  const main = page.getByRole('main')
  const name = page.getByLabel('Name of the cluster')
  const boxes = main.getByRole('region', { name: 'Risks' }).getByRole('checkbox')
  await expect(boxes.first()).toBeVisible()
  await expect(await reasonOf(page)).toContainText(/Acknowledge \d+ risks? first/)
  for (const box of await boxes.all()) await box.click()
  await expect(await reasonOf(page)).toContainText('Type the name of the cluster first.')
  await name.fill('another-cluster')
  await expect(startButton(page)).toHaveAttribute('aria-disabled', 'true')
  const { cluster } = (await (await page.request.get(`/api/clusters/${clusterId}`)).json()) as { cluster: { name: string } }
  await expect(main.getByRole('region', { name: 'Confirm the cluster' })).toContainText(cluster.name)
  await name.fill(cluster.name)
  await expect(startButton(page)).not.toHaveAttribute('aria-disabled', 'true')
  const mark = main.getByText(/^plan [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}$/)
  const reviewed = await mark.innerText()

  await editGroup(stack, 'vng-api')
  await startButton(page).click()
  const changes = main.getByRole('alert').filter({ hasText: 'Since you reviewed this plan:' })
  await expect(changes).toContainText('Node group vng-api was changed.')
  await expect(changes).toContainText(/Request id \S+/)
  await expect(await reasonOf(page)).toContainText('Accept what has changed first.')
  expect(await posts(), 'nothing was sent').toBe(0)
  await expectAccessible(page)

  await changes.getByRole('button', { name: 'Accept these changes' }).click()
  await expect(changes).toBeHidden()
  await expect(mark).not.toHaveText(reviewed)
  for (const box of await boxes.all()) await expect(box, 'risks that are as they were stay acknowledged').toBeChecked()
  const plan = page.url()
  await startButton(page).click()
  await expect(page).toHaveURL(/migrations\/scr-[0-9a-f]+/)
  expect(await posts()).toBe(1)
  const [run = ''] = /scr-[0-9a-f]+/.exec(page.url()) ?? []

  await page.goto(plan)
  await expect(main.getByRole('status').filter({ hasText: `This plan was launched as ${run}.` })).toBeVisible()
  await expect(page, 'the run does not open by itself').toHaveURL(plan)
  await page.getByRole('button', { name: 'Plan again' }).click()
  await expect(page).not.toHaveURL(plan)
  await expect(main.getByRole('status').filter({ hasText: 'This plan was launched' })).toBeHidden()
  expect(await posts(), 'a plan is no launch').toBe(1)
})

test('a launch that Spot did not answer is seen by everyone on every page until its outcome is known', async ({ page, stack, operator, browser }) => {
  const cluster = 'o-demo0002'
  await operator.enter(`/clusters/${cluster}/nodes`)
  await page.getByRole('button', { name: /^Select all \d+ ready/ }).click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await continueTo(page, 'preferences', 'plan', 'launch')
  await acknowledge(page)
  await stack.admin.fault({ method: 'POST', pathEndsWith: `${cluster}/migration`, times: 1, effect: { kind: 'reset-before' } })
  await startButton(page).click()
  const outcome = page.getByRole('main').getByRole('status').filter({ hasText: 'the outcome is not known yet' })
  await expect(outcome).toBeVisible()
  // Its outcome is not found out while this lasts.
  await stack.admin.fault({ method: 'GET', pathEndsWith: `${cluster}/migration`, effect: { kind: 'status', status: 503 } })
  await page.reload()
  await expect(outcome, 'after a reload').toBeVisible()

  const colleague = await browser.newContext({ baseURL: stack.url })
  const theirs = await colleague.newPage()
  await theirs.goto(`/clusters/${cluster}/migrations`)
  await theirs.getByLabel('Spot API token').fill('demo-token')
  await theirs.getByRole('button', { name: 'Continue' }).click()
  await theirs.getByLabel('Your name').fill('ops-2')
  await theirs.getByRole('button', { name: 'Sign in' }).click()
  await expect(theirs.getByRole('main').getByRole('status').filter({ hasText: /Spot did not say whether it started the migration that \S+ launched/ })).toBeVisible()
  await expect(theirs.getByRole('link', { name: /Spot did not say whether it started/ })).toBeVisible()
  await expectAccessible(theirs)
  await carryOutLate(page, stack, cluster, /mark ([0-9a-f]{8})/.exec(await outcome.innerText())?.[1] ?? '')
  await stack.admin.clearFaults()
  await expect(theirs.getByRole('link', { name: /Spot did not say/ })).toBeHidden({ timeout: 90_000 })
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: /This plan was launched as scr-[0-9a-f]+\./ }), 'found by its mark').toBeVisible({ timeout: 60_000 })
  await colleague.close()
})
