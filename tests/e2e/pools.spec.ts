import type { Page } from '@playwright/test'
import { acknowledge, continueTo, poolNodes } from './support/launch'
import { expect, expectAccessible, test } from './support/test'

/** The story leaves a run behind. */
test.use({ stackName: 'pools' })

const clusterId = 'o-demo0001'
const pool = 'npbatch'
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('a whole pool is sent as a pool, falls back to nodes when one is taken out, and starts one run over exactly its nodes', async ({ page, stack, operator }) => {
  const nodeNames = await poolNodes(stack, clusterId, pool)
  await operator.enter(`/clusters/${clusterId}/nodes`)
  const box = page.getByRole('treegrid').getByRole('row', { name: new RegExp(pool) }).first().getByRole('checkbox')
  await box.click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await expect(page.getByRole('link', { name: 'Change the selection' })).toBeVisible()
  await page.goBack()
  await expect(box, 'the way back leads to what was selected').toBeChecked()
  await page.goForward()

  const sendAs = card(page, 'Send as')
  const [byName, byPool] = [sendAs.getByRole('radio', { name: 'Nodes by name' }), sendAs.getByRole('radio', { name: 'Node pools' })]
  await expect(byName).toBeChecked()
  await byName.focus()
  await page.keyboard.press('ArrowDown')
  await expect(byPool).toBeChecked()
  await expect(byPool).toHaveAccessibleDescription(/one that joins after Slipway’s last look moves too/)
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Change the selection' }).click()
  await page.getByRole('treegrid').getByRole('row', { name: new RegExp(pool) }).first().click()
  await page.getByRole('treegrid').getByRole('row', { name: nodeNames[0] ?? '' }).getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await expect(byName).toBeChecked()
  await expect(byPool).toBeDisabled()
  await expect(byPool).toHaveAccessibleDescription(`Not for this plan: it leaves out nodes of ${pool} (1 not selected).`)
  await expect(sendAs.getByRole('status')).toContainText('Node pools were chosen before.')
  await sendAs.getByRole('button', { name: 'Select the whole pool' }).click()
  await expect(byPool).toBeChecked()

  await continueTo(page, 'preferences', 'plan')
  await expect(card(page, 'Who moves')).toContainText(`Sent as node pool ${pool}:`)
  await page.getByRole('button', { name: 'As code' }).click()
  const code = page.getByRole('dialog', { name: 'This plan as code' })
  await expect(code.getByRole('region', { name: 'The plan as curl' })).toContainText('Authorization: Bearer ${SPOT_TOKEN:?')
  await code.getByRole('tab', { name: 'curl' }).focus()
  await page.keyboard.press('ArrowRight')
  expect(JSON.parse(await code.getByRole('region', { name: 'The plan as JSON' }).innerText())).toMatchObject({ nodePoolNames: [pool], batchSizePercentage: 20 })
  await expectAccessible(page)
  await page.keyboard.press('ArrowRight')
  await expect(code.getByRole('region', { name: 'The plan as Python SDK' })).toContainText(`node_pool_names=[\n        "${pool}",`)
  await page.keyboard.press('Escape')

  await continueTo(page, 'launch')
  await expect(card(page, 'What will happen')).toContainText(`Sent as node pool ${pool}:`)
  await acknowledge(page)
  await page.getByRole('button', { name: /Start the migration/ }).click()
  await expect(page).toHaveURL(/\/migrations\/scr-/)
  await expect(page.getByText(new RegExp(`started .* as node pool ${pool}`))).toBeVisible()
  await page.getByRole('tab', { name: 'Options' }).click()
  await expect(page.getByRole('tabpanel')).toContainText(`Node pools: ${pool}`)

  expect((await stack.admin.journal()).filter(({ method, path }) => method === 'POST' && path.endsWith('/migration'))).toHaveLength(1)
  const migrationId = /scr-[0-9a-f]+/.exec(page.url())?.[0] ?? ''
  expect(Object.keys((await stack.admin.runs())[migrationId]?.nodes ?? {}).sort()).toEqual(nodeNames)
})
