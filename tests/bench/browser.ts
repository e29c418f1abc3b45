import { chromium, type Browser, type Page } from '@playwright/test'
import { chromiumOptions } from '@/scripts/lib/chromium.mjs'
import type { Stack } from '@/tests/e2e/support/stack'

export type Signed = { browser: Browser; page: Page; cookie: string; close: () => Promise<void> }

/** A browser in which somebody has signed in; the cookie lets plain calls come from the same person. */
export const signedIn = async ({ url }: Stack): Promise<Signed> => {
  const { executablePath, args } = chromiumOptions()
  const browser = await chromium.launch({ executablePath, args: [...args, '--enable-precise-memory-info', '--js-flags=--expose-gc'] })
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
  // tsx marks named functions with a helper that a page does not have.
  await context.addInitScript({ content: 'globalThis.__name ??= (value) => value' })
  const page = await context.newPage()
  await page.goto('/clusters')
  await page.getByLabel('Spot API token').fill('demo-token')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Your name').fill('bench')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'prod-weu' }).waitFor()
  const cookies = await context.cookies()
  return { browser, page, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '), close: () => browser.close() }
}
