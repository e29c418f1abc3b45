import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { GET as ready } from '@/app/api/ready/route'
import { GET as auth } from '@/app/api/auth/[...nextauth]/route'
import type { AppError } from '@/lib/errors'
import { call, signIn, startApp, type TestApp } from '@/tests/support/app'

let app: TestApp

afterAll(async () => {
  await app?.close()
})

it('a database that cannot be opened is tried again by itself once the reason is gone', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-blocked-'))
  const blocked = path.join(folder, 'data')
  await writeFile(blocked, 'a file where the directory should be')
  app = await startApp({ spotApiUrl: 'http://127.0.0.1:9', settings: { SLIPWAY_DATA_DIR: blocked } })
  expect((await call(ready)).status).toBe(503)
  const refused = await signIn(auth)
  expect(await refused.text()).not.toContain(folder)
  expect(String(await app.server.database().catch((error: AppError) => error.detail))).toMatch(/log of this server/)
  await rm(blocked)
  await expect.poll(async () => (await call(ready)).status, { timeout: 30_000, interval: 250 }).toBe(200)
})
