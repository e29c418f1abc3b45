import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { handleAdmin } from './admin'
import { handleApi, type Api } from './api'
import { createFaults } from './faults'
import type { SimulatorFlags } from './flags'
import { createJournal } from './journal'
import { createLimiter } from './limiter'
import { createWorld } from './world'

type Simulator = {
  /** Where the API listens, without a slash at the end. */
  baseUrl: string
  /** Where the fault switches listen, null when they are off. */
  adminUrl: string | null
  /** Ends every connection and stops listening. */
  close: () => Promise<void>
}

const listen = (server: Server, port: number, host: string): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const shown = host.includes(':') ? `[${host}]` : host
      resolve(`http://${shown}:${(server.address() as AddressInfo).port}`)
    })
  })

const end = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

type Handle = (api: Api, request: IncomingMessage, response: ServerResponse) => Promise<void>

const serve = (api: Api, handle: Handle): Server =>
  createServer((request, response) => {
    handle(api, request, response).catch(() => {
      // The caller has gone, or a fault in the simulator itself: the connection says so, the process goes on.
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'application/json' }).end('{}')
    })
  })

/** How often the twins catch up when nobody asks, so that the next call need not wait for it. */
const catchUpMs = 1000

/** Starts the simulator; rejects when a port is taken, and then listens on none. */
export const startSimulator = async (flags: SimulatorFlags, now: () => number = Date.now): Promise<Simulator> => {
  const world = createWorld({ ...flags, now })
  const api: Api = { world, faults: createFaults(), limiter: createLimiter(flags.rateLimit), revoked: new Set(), journal: createJournal(), pause: (ms) => pause(ms) }
  const server = serve(api, handleApi)
  server.keepAliveTimeout = 65_000
  const admin = serve(api, handleAdmin)
  const ticker = setInterval(world.advance, catchUpMs)
  const close = async () => {
    clearInterval(ticker)
    await Promise.all([end(server), end(admin)])
  }
  try {
    const baseUrl = await listen(server, flags.port, flags.host)
    const adminUrl = flags.adminPort === undefined ? null : await listen(admin, flags.adminPort, '127.0.0.1')
    return { baseUrl, adminUrl, close }
  } catch (error) {
    await close()
    throw error
  }
}
