import type { Page } from '@playwright/test'
import { expect } from './test'

export const clusterId = 'o-demo0001'

/** What the page of a run shows at the end that docs/simulator.md tells. */
export type End = {
  headline: string | RegExp
  /** Lines of the outcome. */
  outcome: (string | RegExp)[]
  /** The cause, in our words. */
  cause?: string
  /** What the log says, in the vendor's words where it is one of the vendor's sentences. */
  log: string | RegExp
  /** A line that names neither the run nor one of its old nodes, and stands in the cluster's log. */
  clusterLog?: string
  /** What the table of new capacity shows. */
  capacity: RegExp
}

/** Opens the page of a run and waits until it shows how the run ended. */
export const showsEnd = async (page: Page, migrationId: string, { headline, outcome, cause, log, clusterLog, capacity }: End): Promise<void> => {
  await page.goto(`/clusters/${clusterId}/migrations/${migrationId}`)
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'Outcome' })).toBeVisible({ timeout: 30_000 })
  await expect(main.getByText(headline, { exact: true }).first()).toBeVisible()
  await expect(page).toHaveTitle(new RegExp(`^Run ${migrationId}: ${typeof headline === 'string' ? headline : headline.source.replace(/^\^/, '')}`))
  for (const line of outcome) await expect(main.getByRole('listitem').filter({ hasText: line }).first()).toBeVisible()
  // It stands above the outcome, and again beside what can be done for the rest.
  if (cause !== undefined) await expect(main.getByText(cause).first()).toBeVisible()
  await page.getByRole('tab', { name: /^New capacity/ }).click()
  await expect(main.getByRole('tabpanel').getByText(capacity).first()).toBeVisible()
  await page.getByRole('tab', { name: /^Log/ }).click()
  await expect(main.getByRole('tabpanel').getByText(log).first()).toBeVisible()
  if (clusterLog === undefined) return
  await page.goto(`/clusters/${clusterId}/log?search=${encodeURIComponent(clusterLog)}`)
  await expect(main.getByText(clusterLog).first()).toBeVisible()
}
