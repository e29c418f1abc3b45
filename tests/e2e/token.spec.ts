import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { acknowledge, continueTo } from './support/launch'
import { expect, test } from './support/test'

const root = path.resolve(import.meta.dirname, '../..')

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(file)
    return entry.isFile() && statSync(file).size < 200_000_000 ? [file] : []
  })

test.use({ stackName: 'token', stackLike: { speed: 1_200 } })

/** Everything that the stream of a run says until it ends by itself, as a browser hears it. */
const streamOf = (page: Page, migrationId: string): Promise<string> => page.evaluate(async (address) => (await fetch(address)).text(), `/api/clusters/o-demo0001/migrations/${migrationId}/stream`)

test('the token is in no page, answer, stream, address, log line, database file or bundle, from sign-in to the end of a run', async ({ operator, page, stack, context }) => {
  const seen: string[] = []
  const bodies: Promise<string>[] = []
  context.on('request', (request) => seen.push(request.url()))
  context.on('response', (response) => {
    seen.push(response.url(), JSON.stringify(response.headers()))
    const type = response.headers()['content-type'] ?? ''
    // A page that is left takes the bodies of its answers along.
    if (!type.includes('event-stream')) bodies.push(response.text().catch(() => ''))
  })
  const token = 'second-token'
  await page.goto('/clusters')
  await operator.signIn({ token })
  for (const place of ['nodes', 'migrations', 'vngs', 'inventory', 'log']) {
    await page.goto(`/clusters/o-demo0001/${place}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  await page.goto('/settings')
  seen.push(await page.content())
  await page.goto('/clusters/o-demo0001/nodes')
  await page.getByRole('treegrid').getByRole('row', { name: /npbatch/ }).first().getByRole('checkbox').click()
  await page.getByRole('button', { name: 'Plan migration' }).click()
  for (const step of ['preferences', 'plan', 'launch'] as const) {
    await continueTo(page, step)
    seen.push(await page.content())
  }
  await acknowledge(page)
  await page.getByRole('button', { name: /Start the migration/ }).click()
  await expect(page).toHaveURL(/migrations\/scr-/)
  const stream = await streamOf(page, /scr-[0-9a-f]+/.exec(page.url())?.[0] ?? '')
  expect(stream).toContain('event: end')
  seen.push(page.url(), stream, await page.content(), JSON.stringify(await context.storageState()), stack.output(), ...(await Promise.all(bodies)))
  expect(seen.length).toBeGreaterThan(100)
  expect(seen.filter((text) => text.includes(token))).toEqual([])
  for (const folder of [stack.dataDir, path.join(root, '.next/static')])
    for (const file of filesBelow(folder)) expect(readFileSync(file).includes(token), file).toBe(false)
})
