import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './support/test'

const root = path.resolve(import.meta.dirname, '../..')

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(file)
    return entry.isFile() && statSync(file).size < 200_000_000 ? [file] : []
  })

test('the token is in no page, answer, address, log line, database file or bundle', async ({ operator, page, stack, context }) => {
  const seen: string[] = []
  page.on('response', (response) => {
    seen.push(response.url(), JSON.stringify(response.headers()))
    const type = response.headers()['content-type'] ?? ''
    if (!type.includes('event-stream')) void response.text().then((text) => seen.push(text), () => {})
  })
  const token = 'second-token'
  await page.goto('/clusters')
  await operator.signIn({ token })
  for (const place of ['nodes', 'migrations', 'vngs', 'inventory', 'log']) {
    await page.goto(`/clusters/o-demo0001/${place}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  await page.goto('/settings')
  seen.push(await page.content(), JSON.stringify(await context.storageState()), stack.output())
  expect(seen.length).toBeGreaterThan(30)
  expect(seen.filter((text) => text.includes(token))).toEqual([])
  for (const folder of [stack.dataDir, path.join(root, '.next/static')])
    for (const file of filesBelow(folder)) expect(readFileSync(file).includes(token), file).toBe(false)
})
