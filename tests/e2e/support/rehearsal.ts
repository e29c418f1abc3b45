import type { Page } from '@playwright/test'
import { clusterId } from './run-end'
import { continueTo } from './launch'
import { expect } from './test'

/** Selects whole pools and goes on to the plan. */
export const openPlan = async (page: Page, pools: readonly string[]) => {
  await page.goto(`/clusters/${clusterId}/nodes`)
  for (const pool of pools) await page.getByRole('treegrid').getByRole('row', { name: new RegExp(pool) }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  await continueTo(page, 'preferences', 'plan')
}

export const cardOf = (page: Page) => page.getByRole('region', { name: 'Rehearsal', exact: true })

/** Presses the button once what the plan rests on has been read. */
export const rehearse = async (page: Page) => {
  const button = cardOf(page).getByRole('button', { name: /^Rehearse/ })
  await expect(button).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 })
  await button.focus()
  await page.keyboard.press('Enter')
}
