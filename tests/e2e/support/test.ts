import AxeBuilder from '@axe-core/playwright'
import { expect, test as base, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { startStack, type Stack, type StackOptions } from './stack'

/** A person with a browser before a stack of the worker's own. */
export type Operator = {
  page: Page
  /** Signs in by the form, as a person does. */
  signIn: (options?: { token?: string; name?: string; account?: string }) => Promise<void>
  /** Opens a page as somebody who has signed in: over HTTP, for stories that are not about the form. */
  enter: (place: string, options?: { token?: string; name?: string }) => Promise<void>
}

type Fixtures = { operator: Operator; faultless: void }
type WorkerFixtures = {
  /** Stories that change a cluster for good name a stack of their own, so that no other story meets what they left. */
  stackName: string
  /** What that stack is like, where the usual is not enough. */
  stackLike: Omit<StackOptions, 'name'>
  stack: Stack
}

/** What a page may say on its console without being at fault: a refusal, an upstream that fails, or a server that a story ends. A 500 is never meant. */
const provoked = /Failed to load resource: (the server responded with a status of (4\d\d|502|503|507)|net::ERR_)/

const listen = (context: BrowserContext, faults: string[]): void => {
  context.on('weberror', (fault) => faults.push(fault.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error' && !provoked.test(message.text())) faults.push(message.text())
  })
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  stackName: ['shared', { scope: 'worker', option: true }],
  stackLike: [{}, { scope: 'worker', option: true }],
  stack: [
    async ({ stackName, stackLike }, use) => {
      const stack = await startStack({ ...stackLike, name: stackName })
      await use(stack)
      await stack.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
  /** Every story fails on a script error, an unexpected console error or a breach of the content policy, in whichever of its pages and browsers. */
  faultless: [
    async ({ browser, context, stack }, use) => {
      const faults: string[] = []
      const join = (another: BrowserContext) => listen(another, faults)
      join(context)
      browser.on('context', join)
      await use()
      browser.off('context', join)
      await stack.admin.clearFaults()
      expect(faults, 'errors in the browser').toEqual([])
    },
    { auto: true },
  ],
  operator: async ({ page, stack }, use) => {
    const signIn: Operator['signIn'] = async ({ token = 'demo-token', name = 'ops-1', account } = {}) => {
      if (!page.url().includes('/sign-in')) await page.goto('/clusters')
      await page.getByLabel('Spot API token').fill(token)
      await page.getByRole('button', { name: 'Continue' }).click()
      const choice = page.getByLabel('Account')
      await expect(choice.or(page.getByRole('alert')).first()).toBeVisible()
      if (account !== undefined) await choice.fill(account)
      await page.getByLabel('Your name').fill(name)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Slipway' })).toBeHidden()
    }
    const enter: Operator['enter'] = async (place, { token = 'demo-token', name = 'ops-1' } = {}) => {
      const { csrfToken } = (await (await page.request.get('/api/auth/csrf')).json()) as { csrfToken: string }
      const form = { csrfToken, token, accountId: 'act-demo0001', displayName: name, json: 'true', callbackUrl: '/clusters' }
      const answer = await page.request.post('/api/auth/callback/credentials', { form, headers: { origin: stack.url } })
      expect(answer.status(), await answer.text()).toBe(200)
      await page.goto(place)
    }
    await use({ page, signIn, enter })
  },
})

/** Has the page read until it shows that it could not: answers are shared for some seconds, and the story need not wait for that. */
export const readUntilRefused = async (page: Page, words: RegExp): Promise<void> =>
  expect(async () => {
    await page.getByRole('button', { name: /^(Read again|Try again)$/ }).first().click({ timeout: 2_000 })
    await expect(page.getByText(words).first()).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 60_000 })

export { expect }

/** The cells of a table's row as header → text, so that a story reads them by name. */
export const cellsOf = async (table: Locator, row: Locator): Promise<Record<string, string>> => {
  const headers = await table.getByRole('columnheader').allInnerTexts()
  const cells = await row.getByRole('gridcell').or(row.getByRole('cell')).allInnerTexts()
  return Object.fromEntries(headers.map((header, index) => [header.trim(), (cells[index] ?? '').trim()]))
}

type RunOptions = Parameters<AxeBuilder['options']>[0]
type Examined = Awaited<ReturnType<AxeBuilder['analyze']>>

const expectNothingGrave = ({ violations }: Examined, theme: string) => {
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([])
}

const openDialog = '[role=dialog], [role=alertdialog]'

/**
 * Fails on what axe calls serious or critical: every rule in the light theme, and those of colour in the dark one,
 * which differs in nothing else. An open dialog is examined alone: the page behind it cannot be reached meanwhile,
 * and was examined without it. Leaves the page light.
 */
export const expectAccessible = async (page: Page): Promise<void> => {
  const isDialogOpen = (await page.locator(openDialog).count()) > 0
  // Our pages have no frames, for which the newer mode opens a page of its own; and only what is wrong is read.
  const examine = (rules: RunOptions) => {
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ ...rules, resultTypes: ['violations'] })
    return (isDialogOpen ? axe.include(openDialog) : axe).analyze()
  }
  await page.emulateMedia({ colorScheme: 'light' })
  expectNothingGrave(await examine({ runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } }), 'light')
  await page.emulateMedia({ colorScheme: 'dark' })
  expectNothingGrave(await examine({ runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }), 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
}
