import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { peerHeader } from '@/lib/http/address'
import { encodingHeader } from '@/lib/http/reply'
import { hookServer } from '@/lib/http/server-hooks'

let server: Server
let unhook: () => void
let seen: string | string[] | undefined

beforeEach(async () => {
  unhook = hookServer()
  server = createServer((incoming, response) => {
    seen = incoming.headers[peerHeader]
    if (incoming.url === '/compressed') response.setHeader(encodingHeader, 'gzip')
    response.end('x')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(() => {
  unhook()
  server.close()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    request({ port: (server.address() as AddressInfo).port, path, headers, host: '127.0.0.1' }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer))
    })
      .on('error', reject)
      .end()
  })

it('a request carries the address of its socket, whatever the client claims', async () => {
  await get('/', { [peerHeader]: '198.51.100.1', 'x-forwarded-for': '198.51.100.2' })
  expect(seen).toBe('127.0.0.1')
})

it('a compressed answer says so, and the header that stood in for it is gone', async () => {
  const { headers } = await get('/compressed')
  expect(headers['content-encoding']).toBe('gzip')
  expect(headers).not.toHaveProperty(encodingHeader)
  expect((await get('/')).headers).not.toHaveProperty('content-encoding')
})
