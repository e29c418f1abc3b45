import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export type Seen = { method: string; url: string; headers: IncomingMessage['headers']; body: string; atMs: number }
export type Behaviour = (response: ServerResponse, socket: Socket, seen: Seen) => void

export type FaultServer = {
  url: string
  /** Every request that arrived, in order. */
  journal: Seen[]
  openSockets: () => number
  /** How many requests the client left before they were answered. */
  cutByClient: () => number
  /** What the next requests get; the last one stays. */
  answer: (...behaviours: Behaviour[]) => void
  close: () => Promise<void>
}

/** A real HTTP server that misbehaves on the level of the socket, where the simulator cannot. */
export const startFaultServer = async (): Promise<FaultServer> => {
  const journal: Seen[] = []
  const sockets = new Set<Socket>()
  let cutCount = 0
  let script: Behaviour[] = [items()]
  const server = createServer((request, response) => {
    response.on('close', () => (cutCount += response.writableFinished ? 0 : 1))
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
    request.on('end', () => {
      const seen: Seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body, atMs: performance.now() }
      journal.push(seen)
      const behaviour = script.length > 1 ? script.shift() : script[0]
      behaviour?.(response, request.socket, seen)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    journal,
    openSockets: () => sockets.size,
    cutByClient: () => cutCount,
    answer: (...behaviours) => {
      script = behaviours
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

export const envelopeOf = (list: unknown[]) =>
  JSON.stringify({ request: { id: 'req-1' }, response: { status: { code: 200, message: 'OK' }, items: list, count: list.length } })

export const items =
  (list: unknown[] = [], headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(envelopeOf(list))

export const plain =
  (status: number, body: string | Buffer = '', headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end(body)

export const silence: Behaviour = () => undefined
export const reset: Behaviour = (_, socket) => socket.resetAndDestroy()

export const cut =
  (body: string): Behaviour =>
  (response, socket) => {
    response.writeHead(200, { 'content-length': String(Buffer.byteLength(body) + 100) })
    response.write(body, () => socket.destroy())
  }

/** Raw bytes on the socket, for what node's own server refuses to send. */
export const raw =
  (text: string): Behaviour =>
  (_, socket) =>
    socket.end(text)

export const slowBytes =
  (everyMs: number): Behaviour =>
  (response) => {
    response.writeHead(200)
    response.write('{')
    const timer = setInterval(() => response.write(' '), everyMs)
    response.on('close', () => clearInterval(timer))
  }

/** Streams `megabytes` in chunks of one, minding back-pressure; `sent` tells how far it came. */
export const flood = (megabytes: number): { behaviour: Behaviour; sent: () => number } => {
  const chunk = Buffer.alloc(1024 * 1024, 0x20)
  let sent = 0
  return {
    sent: () => sent,
    behaviour: (response) => {
      response.writeHead(200)
      const pump = () => {
        while (sent < megabytes && !response.destroyed) {
          sent += 1
          if (!response.write(chunk)) return void response.once('drain', pump)
        }
        if (!response.destroyed) response.end()
      }
      pump()
    },
  }
}
