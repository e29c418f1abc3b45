import { readFile } from 'node:fs/promises'
import { runDocument } from '@/lib/contract/run-export'
import { launch, poolNodes } from './support/launch'
import { clusterId } from './support/run-end'
import { expect, expectAccessible, test } from './support/test'

test.use({ stackName: 'replay', stackLike: { nodes: 40, speed: 200 } })
test.describe.configure({ mode: 'serial' })

/** Two runs over the same nodes' pools: one that respects budgets, one that does not. */
const runs: string[] = []

test.beforeEach(async ({ page, operator, stack }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  for (const [pool, respectPdb] of [['npweb', true], ['npapi', false]] as const) {
    if (runs.length === 2) return
    const id = await launch(page, clusterId, (await poolNodes(stack, clusterId, pool)).slice(0, 6), `${pool}, wave 1`, { respectPdb, batchSizePercentage: 34 })
    await page.goto(`/clusters/${clusterId}/migrations/${id}`)
    await expect(page.getByRole('heading', { name: 'Outcome' })).toBeVisible({ timeout: 40_000 })
    runs.push(id)
  }
})

test('a reader goes through a recording by keyboard, and the moment can be sent as a link', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}/migrations/${runs[0]}`)
  const replay = page.getByRole('region', { name: 'Replay' })
  const scrubber = replay.getByRole('slider', { name: 'Moment of the recording' })
  await expect(replay.getByText('Shown: the end of the recording')).toBeVisible()
  const table = page.getByRole('grid', { name: 'Nodes of the run' })
  await expect(table.getByText('Moved')).toHaveCount(6)

  await scrubber.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('End')
  await expect(replay.getByText('Shown: the end of the recording'), 'the last step is the end').toBeVisible()
  await page.keyboard.press('Home')
  await expect(scrubber).toHaveAttribute('aria-valuetext', /0 s after the beginning/)
  await expect(table.getByText('Moved')).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'Outcome' })).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('In progress')
  await expect(page.getByRole('list', { name: 'Batches' })).not.toContainText('moved')
  await expect(page).toHaveURL(/at=0/)
  await page.reload()
  await expect(page.getByRole('slider', { name: 'Moment of the recording' })).toHaveAttribute('aria-valuetext', /0 s after the beginning/)

  const jump = replay.getByLabel('Jump to')
  await jump.focus()
  for (const [key, place] of [['ArrowDown', 1], ['ArrowDown', 2], ['ArrowUp', 1], ['ArrowUp', 0]] as const) {
    await page.keyboard.press(key)
    await expect.poll(() => jump.evaluate((select: HTMLSelectElement) => select.selectedIndex)).toBe(place)
  }
  await page.getByRole('button', { name: 'To the next moment' }).click()
  await expect(page).not.toHaveURL(/at=0(&|$)/)
  await replay.getByLabel('Speed of the replay').selectOption('as it was')
  await replay.getByRole('button', { name: 'Play the recording' }).click()
  await replay.getByRole('button', { name: 'Pause the replay' }).click()
  await replay.getByLabel('Speed of the replay').selectOption('120 times as fast')
  await replay.getByRole('button', { name: 'Play the recording' }).click()
  await expect(replay.getByText('Shown: the end of the recording')).toBeVisible()
  await expect(table.getByText('Moved')).toHaveCount(6)
  await expect(page.getByRole('heading', { name: 'Outcome' })).toBeVisible()
})

test('two runs stand side by side, with what differs marked', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}/migrations`)
  const compare = page.getByRole('button', { name: 'Compare' })
  await expect(compare).toHaveAttribute('aria-disabled', 'true')
  for (const id of runs) await page.getByRole('row', { name: new RegExp(id) }).getByRole('checkbox').click()
  await compare.click()
  await expect(page).toHaveURL(new RegExp(`a=${runs[0]}&b=${runs[1]}`))
  await expect(page.getByRole('row', { name: /Respects PDBs\s*, differs/ })).toContainText('yes')
  const nodes = page.getByRole('table', { name: 'Nodes of either run' })
  await expect(nodes.getByText('Not in this run')).toHaveCount(12)
})

test('a run leaves as files, with names and without', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}/migrations/${runs[1]}`)
  const file = async (item: string): Promise<string> => {
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()])
    return readFile(await download.path(), 'utf8')
  }
  const made = runDocument.parse(JSON.parse(await file('Whole run as JSON')))
  expect(made).toMatchObject({ run: { id: runs[1], clusterId, startedBy: 'ops-1' }, isRedacted: false, outcome: { total: 6, moved: 6 } })
  const csv = await file('Nodes as CSV')
  expect(csv.trim().split('\r\n')).toHaveLength(7)

  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Without names' }).click()
  await page.keyboard.press('Escape')
  const redacted = await file('Whole run as JSON')
  for (const name of [...made.nodes.map(({ name }) => name), 'npapi', 'ops-1', 'wave 1']) expect(redacted).not.toContain(name)
})

test('replay, comparison and report have no serious accessibility finding in either theme', async ({ page }) => {
  for (const place of [`${runs[0]}?at=1`, `compare?a=${runs[0]}&b=${runs[1]}`, `${runs[0]}/report`]) {
    await page.goto(`/clusters/${clusterId}/migrations/${place}`)
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('main').locator('[aria-busy=true]')).toHaveCount(0)
    await expectAccessible(page)
  }
})
