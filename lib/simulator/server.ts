import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { handleAdmin } from './admin'
import { handleApi, type Api } from './api'
import { createFaults, type Faults } from './faults'
import type { SimulatorFlags } from './flags'
import { createJournal } from './journal'
import { createKubernetes } from './kubernetes/handle'
import { writeKubeconfig } from './kubernetes/kubeconfig'
import { createLimiter } from './limiter'
import { StateError } from './state/state-error'
import { openStateFile } from './state/state-file'
import { createWorld, type World } from './world'

type Simulator = {
  /** Where the API listens, without a slash at the end. */
  baseUrl: string
  /** Where the fault switches listen, null when they are off. */
  adminUrl: string | null
  /** Where the Kubernetes API of the clusters listens, null when it is off. */
  kubeUrl: string | null
  /** Comes when the state can no longer be kept: what is done from then on would be lost. */
  failure: Promise<StateError>
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

const serve = (api: Api, handle: Handle, fail: (error: StateError) => void): Server =>
  createServer((request, response) => {
    handle(api, request, response).catch((error: unknown) => {
      if (error instanceof StateError) fail(error)
      // The caller has gone, or a fault in the simulator itself: the connection says so, the process goes on.
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'application/json' }).end('{}')
    })
  })

/** Lets a fault leave new connections alone: accepted, neither read nor answered. Returns how to end those. */
const withHalfOpen = (server: Server, { takesConnection }: Faults): (() => void) => {
  const held = new Set<Socket>()
  const accept = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', (socket) => {
    if (!takesConnection()) return accept.forEach((listener) => listener.call(server, socket))
    held.add(socket.pause().on('error', () => undefined))
    socket.on('close', () => held.delete(socket))
  })
  return () => held.forEach((socket) => socket.destroy())
}

/** Opens the state of an earlier process, or begins one. Throws StateError and leaves the file as it was when the two do not fit. */
const openWorld = ({ stateFile, ...flags }: SimulatorFlags, now: () => number): { world: World; closeState: () => void } => {
  const { seed, nodes, pods, scenario, speed } = flags
  const options = { seed, nodes, pods, scenario, speed, now }
  const nothing = { start: { wallMs: now(), twinMs: 0, speed }, entries: [] }
  if (stateFile === undefined) return { world: createWorld(options, nothing, () => undefined), closeState: () => undefined }
  const file = openStateFile(stateFile)
  try {
    const kept = file.kept ?? nothing
    file.begin({ seed, nodes, pods: pods ?? null, scenario }, kept.start)
    return { world: createWorld(options, kept, file.append), closeState: file.close }
  } catch (error) {
    file.close()
    throw error
  }
}

/** How often the twins catch up when nobody asks, so that the next call need not wait for it. */
const catchUpMs = 1000

/** Starts the simulator; rejects when a port is taken or the kept state does not fit, and then listens on none. */
export const startSimulator = async (flags: SimulatorFlags, now: () => number = Date.now): Promise<Simulator> => {
  const { world, closeState } = openWorld(flags, now)
  const faults = createFaults()
  const api: Api = { world, faults, limiter: createLimiter(flags.rateLimit), limitBy: flags.rateLimitBy, journal: createJournal(), closeIdle: () => server.closeIdleConnections(), pause: (ms) => pause(ms) }
  let fail: (error: StateError) => void = () => undefined
  const failure = new Promise<StateError>((resolve) => (fail = resolve))
  const server = serve(api, handleApi, fail)
  server.keepAliveTimeout = 65_000
  const endHalfOpen = withHalfOpen(server, faults)
  const admin = serve(api, handleAdmin, fail)
  const answerKubernetes = createKubernetes(world)
  const kube = serve(api, (_api, request, response) => answerKubernetes(request, response), fail)
  const ticker = setInterval(world.advance, catchUpMs)
  const close = async () => {
    clearInterval(ticker)
    endHalfOpen()
    await Promise.all([end(server), end(admin), end(kube)])
    closeState()
  }
  try {
    const baseUrl = await listen(server, flags.port, flags.host)
    const adminUrl = flags.adminPort === undefined ? null : await listen(admin, flags.adminPort, '127.0.0.1')
    const kubeUrl = flags.kubePort === undefined && flags.kubeconfigFile === undefined ? null : await listen(kube, flags.kubePort ?? 0, '127.0.0.1')
    if (kubeUrl !== null && flags.kubeconfigFile !== undefined) writeKubeconfig(flags.kubeconfigFile, world, kubeUrl)
    return { baseUrl, adminUrl, kubeUrl, failure, close }
  } catch (error) {
    await close()
    throw error
  }
}
