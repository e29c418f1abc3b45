import type { Page } from '@playwright/test'
import { expect, test } from './support/test'

/** The refusal as a person reads it, without the id for a ticket. */
const refusal = async (page: Page) => (await page.getByRole('alert').filter({ hasText: /\S/ }).innerText()).replace(/\s*Request id.*/s, '').replace(/\s+/g, ' ')
const expectRefusal = (page: Page, words: string) => expect.poll(() => refusal(page), { timeout: 40_000 }).toBe(words)

test('a newcomer signs in with the demo token and lands on the clusters', async ({ operator }) => {
  const { page } = operator
  await operator.signIn()
  await expect(page).toHaveURL(/\/clusters$/)
  await expect(page.getByRole('link', { name: 'prod-weu' })).toBeVisible()
})

test('a token that Spot does not know is refused in one sentence and nothing is kept', async ({ page }) => {
  await page.goto('/clusters')
  await page.getByLabel('Spot API token').fill('expired-token')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expectRefusal(page, 'Spot did not accept the token. Check that it was copied whole and has not expired or been revoked.')
  await page.goto('/clusters')
  await expect(page).toHaveURL(/sign-in/)
})

test('a token that may not list accounts signs in with a typed account', async ({ operator }) => {
  await operator.signIn({ token: 'limited-token', account: 'act-demo0001' })
  await expect(operator.page.getByRole('link', { name: 'prod-weu' })).toBeVisible()
})

test('a token without permission for the account is told so, and the form keeps what was typed', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Spot API token').fill('limited-token')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Account id').fill('act-demo0002')
  await page.getByLabel('Your name').fill('ops-1')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expectRefusal(page, 'The token may not do this. The token is valid but may not read this account. Check the account id, or use a token with at least viewer rights on it.')
  await expect(page.getByLabel('Account id')).toHaveValue('act-demo0002')
})

test('while Spot is down, or something else answers for it, sign-in says so, and works once it is back', async ({ page, stack, operator }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Spot API token').fill('demo-token')
  for (const [effect, words] of [
    [{ kind: 'status', status: 503 }, 'Spot answered with an error. The fault is Spot’s own, and the token was not checked. Try again in a minute.'],
    [{ kind: 'reset-before' }, 'Spot cannot be reached. The token was not checked. Try again in a moment.'],
    [{ kind: 'garbage', body: 'html' }, 'Spot sent an answer that cannot be read. It was not a whole answer of the Spot API, so the token was not checked. Try again; if it stays so, check the address in SPOT_API_URL and what stands between it and Slipway.'],
  ] as const) {
    await stack.admin.clearFaults()
    await stack.admin.fault({ effect })
    await page.getByRole('button', { name: 'Continue' }).click()
    await expectRefusal(page, words)
  }
  await stack.admin.clearFaults()
  await operator.signIn()
  await expect(page.getByRole('link', { name: 'prod-weu' })).toBeVisible()
})

test('while Spot cannot list the accounts alone, a typed account opens the session', async ({ page, stack }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Spot API token').fill('demo-token')
  await stack.admin.fault({ pathContains: '/setup/account', times: 1_000, effect: { kind: 'status', status: 503 } })
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Type the account id' }).click()
  await page.getByLabel('Account id').fill('act-demo0001')
  await page.getByLabel('Your name').fill('ops-1')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('link', { name: 'prod-weu' })).toBeVisible()
})

test('sign-out ends the session on the server: the old cookie opens nothing', async ({ operator, context }) => {
  const { page } = operator
  await operator.signIn()
  const cookies = await context.cookies()
  await page.getByRole('button', { name: /act-demo0001/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page, 'no word of a session that ran out').toHaveURL(/sign-in$/)
  await context.addCookies(cookies)
  const answer = await page.request.get('/api/clusters')
  expect(answer.status()).toBe(401)
})

test('a page asked for before sign-in opens after it', async ({ page, operator }) => {
  await page.goto('/clusters/o-demo0001/nodes?pools=npgpu')
  await operator.signIn()
  await expect(page).toHaveURL(/nodes\?pools=npgpu/)
})

test('a way out of the site is not followed after sign-in', async ({ page, operator }) => {
  for (const callbackUrl of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`)
    await operator.signIn()
    await expect(page.getByRole('heading', { level: 1, name: 'Clusters' }), callbackUrl).toBeVisible()
    expect(new URL(page.url()).hostname, callbackUrl).toBe('localhost')
    // A page that is still open would go to sign-in by itself once its session has gone.
    await page.goto('about:blank')
    await page.context().clearCookies()
  }
})

test.describe('before the page is ready', () => {
  test.use({ javaScriptEnabled: false })

  test('nothing can be sent, so the token reaches no address, and the page says what it needs', async ({ page }) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
    await page.goto('/sign-in')
    await expect(page.getByLabel('Spot API token')).toBeDisabled()
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled()
    expect(await page.content()).toContain('Slipway needs JavaScript')
    await page.getByRole('button', { name: 'Continue' }).click({ force: true })
    await expect(page).toHaveURL(/\/sign-in$/)
    expect(asked.filter((request) => request.endsWith('/sign-in'))).toEqual(['GET /sign-in'])
  })
})
