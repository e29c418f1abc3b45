import type { Page } from '@playwright/test'
import type { LaunchRequest } from '@/lib/contract/launch'
import { reviewedLaunch } from '@/tests/support/reviewed-launch'
import type { Stack } from './stack'
import { expect } from './test'

const usual: LaunchRequest['options'] = { batchSizePercentage: 20, batchMinHealthyPercentage: 50, respectPdb: true, respectRestrictScaleDown: false, shouldTerminateNodes: true, shouldEvictStandalonePods: true }

const readIn = (page: Page) => (path: string): Promise<unknown> => page.evaluate(async (at) => (await fetch(at)).json(), path)

type Answer = { migrationId?: string | null; code?: string }

/** Launches as the wizard does, from a page of the app; the run's id. What has changed since the review is accepted once, as a person would: the story before may only just have ended. */
export const launch = async (page: Page, clusterId: string, nodeNames: string[], comment: string, options: Partial<LaunchRequest['options']> = {}): Promise<string> => {
  const send = async (): Promise<Answer> => {
    const body = await reviewedLaunch(readIn(page), clusterId, { nodeNames, options: { ...usual, ...options }, comment })
    return page.evaluate(
      async ({ path, text }) => {
        const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text })
        return (await response.json()) as Answer
      },
      { path: `/api/clusters/${clusterId}/launches`, text: JSON.stringify(body) },
    )
  }
  const first = await send()
  const answer = first.code === 'plan_changed' ? await send() : first
  expect(answer.migrationId ?? JSON.stringify(answer)).toMatch(/^scr-/)
  return answer.migrationId ?? ''
}

type Listed = { response: { items: { nodeName: string; nodePoolName: string }[] } }

/** Names of a pool's nodes, as the simulator has them. */
export const poolNodes = async ({ simulatorUrl }: Stack, clusterId: string, pool: string): Promise<string[]> => {
  const response = await fetch(`${simulatorUrl}/ocean/azure/np/cluster/${clusterId}/nodes?accountId=act-demo0001`, { headers: { authorization: 'Bearer demo-token' } })
  const { response: body } = (await response.json()) as Listed
  return body.items.flatMap(({ nodeName, nodePoolName }) => (nodePoolName === pool ? [nodeName] : [])).sort()
}

/** Ticks every risk. One may go or come while facts of the plan are still on their way, so it looks until the button works. */
export const acknowledge = async (page: Page): Promise<void> => {
  const open = page.getByRole('main').getByRole('checkbox', { checked: false })
  const button = page.getByRole('button', { name: /Start the migration/ })
  await expect(async () => {
    while ((await open.count()) > 0) await open.first().click({ timeout: 1_000 })
    await expect(button).not.toHaveAttribute('aria-disabled', 'true', { timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
}

/**
 * Goes on in the wizard to these steps. The button moves while the step before fills with what is read, and a press
 * that lands where it was does nothing: a person presses again.
 */
export const continueTo = async (page: Page, ...steps: ('preferences' | 'plan' | 'launch')[]): Promise<void> => {
  for (const step of steps)
    await expect(async () => {
      const isThere = new URL(page.url()).searchParams.get('step') === step
      if (!isThere) await page.getByRole('button', { name: `Continue to ${step}` }).click({ timeout: 5_000 })
      await expect(page).toHaveURL(new RegExp(`[?&]step=${step}`), { timeout: 5_000 })
    }).toPass({ timeout: 90_000 })
}
