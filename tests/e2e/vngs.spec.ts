import type { Page } from '@playwright/test'
import { cellsOf, expect, expectAccessible, test } from './support/test'

/** These stories change the groups of the cluster. */
test.use({ stackName: 'vngs' })

const place = '/clusters/o-demo0001/vngs'
const grid = (page: Page) => page.getByRole('grid', { name: 'Virtual node groups' })
const rowOf = (page: Page, name: string) => grid(page).getByRole('row', { name: new RegExp(name) })
const box = (page: Page, name: string | RegExp) => page.getByRole('textbox', { name, exact: true })

const startFromScratch = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByRole('menuitem', { name: 'From scratch' }).click()
  await box(page, 'Name').fill(name)
}

const addLabel = async (page: Page, key: string, value: string) => {
  await page.getByRole('button', { name: /^(Set own Labels|Add label)$/ }).first().click()
  const add = page.getByRole('button', { name: 'Add label' })
  const keys = page.getByRole('textbox', { name: /^Key of label/ })
  if ((await keys.count()) === 0) await add.click()
  await keys.last().fill(key)
  await page.getByRole('textbox', { name: /^Value of label/ }).last().fill(value)
}

const asColleague = (simulatorUrl: string, method: 'POST' | 'PUT', path: string, virtualNodeGroup: object) =>
  fetch(`${simulatorUrl}/ocean/azure/np/virtualNodeGroup${path}?accountId=act-demo0001`, {
    method,
    headers: { authorization: 'Bearer second-token', 'content-type': 'application/json' },
    body: JSON.stringify({ virtualNodeGroup }),
  })

test.beforeEach(async ({ operator }) => {
  await operator.enter(place)
  await expect(rowOf(operator.page, 'Default')).toContainText('of 1,000')
})

test('the list shows limits and use, and the template as Default', async ({ page }) => {
  expect(await cellsOf(grid(page), rowOf(page, 'vng-web'))).toMatchObject({ 'Nodes now': expect.stringMatching(/^\d+ of 1,000$/), Zones: '1, 2, 3', Labels: 'tier=web', 'Spot share': '80 %' })
  expect(await cellsOf(grid(page), rowOf(page, 'Default'))).toMatchObject({ Labels: 'none', Taints: 'none' })
  await rowOf(page, 'Default').click()
  await expect(page.getByRole('dialog', { name: 'Default' })).toContainText('It is changed in the Spot console.')
})

test('an operator makes a group like the pool that matches nothing, and its nodes match', async ({ page }) => {
  await page.getByRole('button', { name: 'New group' }).click()
  await page.getByRole('menuitem', { name: /npgpu/ }).click()
  await expect(box(page, 'Name')).toHaveValue('npgpu')
  await expect(page.getByText(/unmanaged nodes? would match by labels and taints/)).toBeVisible()
  await expect(page.getByText(/^\d+ unmanaged nodes? would match\.$/)).toBeVisible()
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByText(/\d+ nodes? match(es)? it now and did not before\.$/)).toBeVisible()
  await expect(rowOf(page, 'npgpu')).toBeVisible()
  await page.getByRole('link', { name: /^Show (it|them)$/ }).click()
  const table = page.getByRole('treegrid', { name: 'Nodes to migrate' })
  const pool = table.getByRole('row', { name: /npgpu/ }).first()
  await expect(pool).toBeVisible()
  expect(await cellsOf(table, pool)).toMatchObject({ 'VNG match': expect.stringContaining('npgpu') })
})

test('a group from scratch inherits what is left empty, and a field can be given back to the template', async ({ page }) => {
  await startFromScratch(page, 'from-scratch')
  await expect(page.getByText('From the template: 1,000.')).toBeVisible()
  await box(page, 'Most nodes').fill('12')
  await expect(page.getByText('The template has 1,000.')).toBeVisible()
  await box(page, 'Least nodes').fill('3')
  await page.getByRole('button', { name: 'Take Least nodes from the template' }).click()
  await expect(box(page, 'Least nodes')).toHaveValue('')
  await addLabel(page, 'team', 'red')
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(rowOf(page, 'from-scratch')).toBeVisible()
  expect(await cellsOf(grid(page), rowOf(page, 'from-scratch'))).toMatchObject({ 'Nodes now': '0 of 12', Labels: 'team=red' })
})

test('a group is prefilled from a node by its address', async ({ page }) => {
  const inventory = await page.request.get('/api/clusters/o-demo0001/inventory')
  const { nodes } = (await inventory.json()) as { nodes: { nodeName: string; nodePoolName: string; virtualNodeGroupId: string | null }[] }
  const node = nodes.find(({ nodePoolName, virtualNodeGroupId }) => nodePoolName === 'npdata' && virtualNodeGroupId === null)
  await page.goto(`${place}?create=nodes&nodes=${node?.nodeName}`)
  await expect(box(page, 'Name')).toHaveValue('npdata')
  await expect(page.getByRole('textbox', { name: 'Value of label 1' })).toHaveValue('data')
  await expect(page.getByRole('textbox', { name: 'Key of taint 1' })).toHaveValue('dedicated')
  // The group takes all nodes that are alike, so their zones have to do as well.
  await expect(box(page, 'Zones')).toHaveValue('1, 2, 3')
})

test('a refused key is explained while it is typed, and nothing is sent', async ({ page, stack }) => {
  await stack.admin.clearJournal()
  await startFromScratch(page, 'refused')
  await addLabel(page, 'kubernetes.azure.com/mode', 'user')
  await expect(page.getByRole('alert')).toHaveText('kubernetes.azure.com/mode is a built-in label: each node gets its own value, and Spot refuses it on a group.')
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByRole('textbox', { name: 'Key of label 1' })).toBeFocused()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect((await stack.admin.journal()).filter(({ method }) => method === 'POST')).toEqual([])
})

test('form and JSON are one object, and a fault in the text is told by its line', async ({ page }) => {
  await startFromScratch(page, 'two-views')
  await addLabel(page, 'team', 'red')
  await page.getByRole('tab', { name: 'JSON' }).click()
  const text = page.getByLabel('The group as JSON')
  expect(JSON.parse(await text.inputValue())).toEqual({ name: 'two-views', labels: { team: 'red' } })

  const faulty = '{\n  "name": "two-views",\n  "labels": { "team": "blue" },\n  "autoScale": { "autoHeadroomPercentage": 5 }\n  "strategy": { "spotPercentage": 50 }\n}'
  await text.fill(faulty)
  await expect(page.getByRole('listitem').filter({ hasText: 'A comma or a } belongs here.' })).toContainText('Line 5')
  await page.getByRole('tab', { name: 'Form' }).click()
  await expect(text).toHaveValue(faulty)
  await page.getByRole('button', { name: 'Line 5' }).click()
  expect(await text.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))).toBe('  "strategy": { "spotPercentage": 50 }')
  await text.fill(faulty.replace('5 }\n', '5 },\n'))

  await page.getByRole('tab', { name: 'Form' }).click()
  await expect(page.getByRole('textbox', { name: 'Value of label 1' })).toHaveValue('blue')
  await expect(box(page, 'Spot share, percent')).toHaveValue('50')
  await box(page, 'Spot share, percent').fill('60')
  await page.getByRole('tab', { name: 'JSON' }).click()
  expect(JSON.parse(await text.inputValue())).toEqual({ name: 'two-views', labels: { team: 'blue' }, autoScale: { autoHeadroomPercentage: 5 }, strategy: { spotPercentage: 60 } })
})

test('an edit of labels says which running nodes change, and an edit of limits that none does', async ({ page }) => {
  await rowOf(page, 'vng-web').click()
  await page.getByRole('button', { name: 'Change' }).click()
  await expect(page.getByRole('button', { name: 'Save changes' })).toHaveAttribute('aria-disabled', 'true')
  await box(page, 'Most nodes').fill('40')
  const outcome = page.getByRole('region', { name: 'What saving does' })
  await expect(outcome).toContainText('Nodes that already run stay as they are.')
  await addLabel(page, 'team', 'red')
  await expect(outcome).toContainText(/\d+ running nodes change at once/)
  await expect(outcome).toContainText('Label team=red is added.')
  await expect(outcome.getByText(/^aks-omnp/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'vng-web is saved.' })).toBeVisible()
  expect(await cellsOf(grid(page), rowOf(page, 'vng-web'))).toMatchObject({ 'Nodes now': expect.stringMatching(/^\d+ of 40$/), Labels: 'tier=web, team=red' })
})

test('what Spot refuses stands at its field', async ({ page, stack }) => {
  await startFromScratch(page, 'late-name')
  // Somebody else takes the name in the meantime.
  await asColleague(stack.simulatorUrl, 'POST', '', { name: 'late-name', oceanId: 'o-demo0001' })
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByRole('alert').filter({ hasText: /^A virtual node group of this name is already there\.$/ })).toBeVisible()
  await expect(box(page, 'Name')).toHaveAttribute('aria-invalid', 'true')
})

test('a group is deleted by its typed name, and not while nodes run in it', async ({ page }) => {
  await startFromScratch(page, 'to-delete')
  await page.getByRole('button', { name: 'Create group' }).click()
  await rowOf(page, 'to-delete').click()
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete to-delete' })
  const confirm = dialog.getByRole('button', { name: 'Delete the group' })
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('textbox').fill('to-delete')
  await confirm.click()
  await expect(rowOf(page, 'to-delete')).toBeHidden()
  await rowOf(page, 'vng-api').click()
  await expect(page.getByRole('button', { name: 'Delete' })).toHaveAccessibleDescription(/nodes? still runs? in this group/)
})

test('what was entered is not lost by a slip: closing asks first; nor by a session that ends, nor what a colleague saved meanwhile', async ({ operator, page, stack }) => {
  await startFromScratch(page, 'unsaved')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert')).toHaveText('What you entered is not saved.')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert')).toBeHidden()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Go on editing' }).click()
  await expect(box(page, 'Name')).toHaveValue('unsaved')
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await operator.signIn()
  await expect(box(page, 'Name')).toHaveValue('unsaved')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page).toHaveURL(/\/vngs$/)

  await rowOf(page, 'vng-api').click()
  await page.getByRole('button', { name: 'Change' }).click()
  await box(page, 'Most nodes').fill('30')
  await asColleague(stack.simulatorUrl, 'PUT', `/${new URL(page.url()).searchParams.get('edit')}`, { strategy: { spotPercentage: 50 } })
  await page.reload()
  await expect(page.getByText(/^The group was changed elsewhere since you began\./)).toBeVisible()
  await expect(box(page, 'Most nodes')).toHaveValue('30')
  await expect(box(page, 'Spot share, percent')).toHaveValue('50')
})

test('a group is made with the keyboard alone', async ({ page }) => {
  await page.getByRole('button', { name: 'New group' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'From scratch' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await box(page, 'Name').focus()
  await page.keyboard.type('by-keys')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Set own Labels' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add label' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Key of label 1' })).toBeFocused()
  await page.keyboard.type('via')
  await page.keyboard.press('Tab')
  await page.keyboard.type('keyboard')
  await page.getByRole('button', { name: 'Create group' }).press('Enter')
  await expect(rowOf(page, 'by-keys')).toContainText('via=keyboard')
})

test('a token that may only read learns it once, and then reads it at the controls', async ({ operator, page }) => {
  await page.context().clearCookies()
  await operator.enter(place, { token: 'readonly-token' })
  await startFromScratch(page, 'by-reader')
  await page.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The token may not do this.' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create group' })).toHaveAccessibleDescription(/Spot refused this token/)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('button', { name: 'New group' })).toHaveAccessibleDescription(/Spot refused this token/)
})

test('the dialogs have no serious accessibility finding in either theme', async ({ page }) => {
  await rowOf(page, 'vng-web').click()
  await expect(page.getByRole('dialog', { name: 'vng-web' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Change' }).click()
  await addLabel(page, 'spotinst.io/x', 'y')
  await expect(page.getByRole('alert')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'JSON' }).click()
  await expect(page.getByRole('button', { name: /^Line \d+$/ })).toBeVisible()
  await expectAccessible(page)
})
