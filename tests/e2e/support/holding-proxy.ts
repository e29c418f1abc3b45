import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A proxy as some offices have one: it passes everything on, and holds the body of a stream back until the
 * stream has ended. The browser sees an open line that carries nothing.
 */
export const startHoldingProxy = async (target: string): Promise<{ url: string; held: () => number; close: () => Promise<void> }> => {
  const { hostname, port } = new URL(target)
  let held = 0
  const server = createServer((asked, answer) => {
    const passed = request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      if (reply.headers['content-type']?.startsWith('text/event-stream') !== true) return void reply.pipe(answer)
      held += 1
      answer.flushHeaders()
      reply.resume()
      reply.on('close', () => answer.end())
    })
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    held: () => held,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
