import { connect } from 'node:net'
import { expect, test } from './support/test'

test('ids that are none, and another account’s, are answered alike and never reach Spot as a path', async ({ operator, page, stack }) => {
  await operator.enter('/clusters')
  for (const id of ['o-unknown1', 'o-othr0001', 'o-stag0001']) {
    const answer = await page.request.get(`/api/clusters/${id}/nodes`)
    expect(answer.status(), id).toBe(404)
  }
  for (const id of ['..%2f..%2fsetup%2faccount', '%252e%252e', 'o-demo0001%3fx=1', 'o-demo0001%0d%0ax', `o-${'a'.repeat(4096)}`, 'o-demo0001%00', '%EF%BC%8E%EF%BC%8E'])
    expect((await page.request.get(`/api/clusters/${id}/nodes`)).status(), id).toBeGreaterThanOrEqual(400)
  const paths = (await stack.admin.journal()).map(({ path: asked }) => asked)
  for (const asked of paths) expect(asked).toMatch(/^\/(setup\/account|ocean\/(azure\/np|k8s)\/(cluster(\/o-[A-Za-z0-9]+(\/[A-Za-z0-9/-]+)?)?|virtualNodeGroup))$/)
  expect((await page.request.get('/api/clusters/o-demo0001/migrations/vng-1234')).status()).toBe(404)
})

test('a request for another host by upgrade leads nowhere', async ({ stack }) => {
  const { port } = new URL(stack.url)
  const before = (await stack.admin.journal()).length
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`GET ${stack.simulatorUrl}/setup/account HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`))
    socket.setTimeout(3000, () => socket.destroy())
    socket.on('data', () => socket.destroy())
    socket.on('close', () => resolve())
  })
  expect((await stack.admin.journal()).length).toBe(before)
})
