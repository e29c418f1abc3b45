import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from '@/tests/support/free-port'

test('ports for test servers are handed out once, none that is in use and none that an outgoing connection may be given', async () => {
  const ports = []
  for (let index = 0; index < 50; index += 1) ports.push(await freePort())
  expect(new Set(ports).size).toBe(ports.length)
  expect(Math.max(...ports)).toBeLessThan(32_768)
  const following = (ports.at(-1) ?? 0) + 1
  const taken = createServer().listen(following, '127.0.0.1')
  expect(await freePort()).not.toBe(following)
  taken.close()
})
