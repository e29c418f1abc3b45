import { acknowledge, continueTo } from './support/launch'
import { cardOf, openPlan, rehearse } from './support/rehearsal'
import { clusterId } from './support/run-end'
import { expect, expectAccessible, test } from './support/test'

test.use({ stackName: 'rehearsal', stackLike: { scenario: 'mixed', nodes: 300, isKubernetesConnected: true } })

test('a plan is rehearsed beside the page, cancelled, rehearsed to the end and played by keyboard', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  await openPlan(page, ['npweb', 'npapi'])
  const card = cardOf(page)
  await rehearse(page)
  await expect(card.getByText(/^[1-9]\d? of 15 rehearsals$/)).toBeVisible({ timeout: 30_000 })
  await expect(card.getByText('How long it takes')).toBeVisible()
  expect(page.workers().length).toBeGreaterThan(0)

  await card.getByRole('button', { name: 'Cancel' }).click()
  await expect(card.getByText(/^Cancelled after \d+ rehearsals? of 15\.$/)).toBeVisible()
  await expect.poll(() => page.workers().length).toBe(0)
  await expect(card.getByText('How long it takes')).toBeVisible()

  await rehearse(page)
  await expect(card.getByText('All 15 rehearsals are done.')).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => page.workers().length).toBe(0)
  await expect(card).toContainText(/is the median; eight in ten take/)
  await expect(card).toContainText(/\d+ pods and \d+ budgets as Kubernetes has them\./)
  await expectAccessible(page)

  const scrubber = card.getByRole('slider', { name: 'Moment of the rehearsed run' })
  await scrubber.focus()
  await page.keyboard.press('Home')
  await expect(scrubber).toHaveAttribute('aria-valuetext', /^0 s of /)
  await expect(card.getByRole('region', { name: 'The typical run' })).toContainText(/0 moved/)
  await card.getByLabel('Speed of the rehearsed run').selectOption('300 times as fast')
  await card.getByRole('button', { name: 'Play the rehearsed run' }).press('Enter')
  await expect(scrubber).not.toHaveAttribute('aria-valuetext', /^0 s of /)
  await card.getByRole('button', { name: 'Pause the rehearsed run' }).press('Enter')

  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByLabel('Batch size, percent').fill('50')
  await page.getByRole('button', { name: 'Continue to plan' }).click()
  await expect(card.getByText('Of an earlier plan.')).toBeVisible()
  await rehearse(page)
  await expect(card.getByText('Of an earlier plan.')).toBeHidden()
})

test('what was rehearsed is drawn on the page of the run, and told in its table', async ({ page, operator }) => {
  await operator.enter(`/clusters/${clusterId}/migrations`)
  await openPlan(page, ['npweb'])
  await rehearse(page)
  await expect(cardOf(page).getByText('All 15 rehearsals are done.')).toBeVisible({ timeout: 60_000 })
  await continueTo(page, 'launch')
  await acknowledge(page)
  await page.getByRole('button', { name: /Start the migration/ }).click()
  await expect(page).toHaveURL(/migrations\/scr-[0-9a-f]+/)

  const chart = page.getByRole('region', { name: 'Nodes over time' })
  await expect(chart.getByText(/^rehearsed: moved in the median/)).toBeVisible({ timeout: 20_000 })
  await expect(chart.getByRole('figure')).toHaveAccessibleDescription(/Rehearsed: \d+.* moved by \d\d:\d\d:\d\d\./)
  await expectAccessible(page)
  await chart.getByRole('button', { name: 'As table' }).click()
  await expect(chart.getByRole('columnheader', { name: 'Rehearsed as moved' })).toBeVisible()
})
