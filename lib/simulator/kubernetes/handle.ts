import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { readTarget } from '../request'
import type { SimulatedCluster, World } from '../world'
import { readAccept } from './accept'
import { mayRead } from './access'
import { discover } from './discovery'
import { createLedger, type Ledger } from './ledger/ledger'
import { isWatch, listPage } from './list'
import { createPresenter } from './present'
import type { Target } from './query'
import { inScope } from './selectors/fields'
import { KubeFailure, noSuchObject, noSuchPath, readOnly, statusOf, unauthorized } from './status'
import { readTargetPath } from './target'
import { createView, type View } from './view'
import { watch } from './watch'

type Sending = { status: number; pieces: Iterable<string> | AsyncIterable<string>; type?: string }

const json = (value: unknown, status = 200): Sending => ({ status, pieces: [JSON.stringify(value)] })

const chunkLength = 128 * 1024

/** Joins small pieces, so that a long list costs few writes. */
function* chunks(pieces: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < chunkLength) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}

/** Sends as fast as the client reads. */
const send = async (response: ServerResponse, { status, pieces, type = 'application/json' }: Sending): Promise<void> => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-cache, private' }).flushHeaders()
  await pipeline(Readable.from(Symbol.asyncIterator in pieces ? pieces : chunks(pieces)), response)
}

const health = new Set(['healthz', 'livez', 'readyz'])

const pathOf = (path: string): { clusterId: string; segments: string[] } => {
  try {
    const [root, clusterId = '', ...segments] = path.replace(/^\//, '').replace(/\/$/, '').split('/').map(decodeURIComponent)
    if (root !== 'clusters') throw noSuchPath()
    return { clusterId, segments }
  } catch {
    throw noSuchPath()
  }
}

const getOne = (view: View, target: Target, name: string, request: IncomingMessage, query: URLSearchParams): Sending => {
  const entry = [...target.resource.entries(view)].find(inScope(target.namespace, name))
  if (entry === undefined) throw noSuchObject(target.resource.group, target.resource.plural, name)
  return json(createPresenter(target, readAccept(request.headers.accept), query, view.nowMs).one(entry))
}

/** Answers requests to the read-only Kubernetes API of every simulated cluster, each below `/clusters/<id>`. */
export const createKubernetes = (world: World, pause: (ms: number) => Promise<void> = (ms) => sleep(ms)) => {
  const ledgers = new WeakMap<SimulatedCluster, Ledger>()

  const look = (clusterId: string): View | null => {
    const cluster = world.clusters.get(clusterId)
    if (cluster === undefined) return null
    world.advance()
    // Versions begin with the time, so that those of an earlier process are too old here.
    const ledger = ledgers.get(cluster) ?? createLedger(cluster, world.nowMs())
    ledgers.set(cluster, ledger)
    return createView(world, cluster, ledger)
  }

  const answer = (request: IncomingMessage): Sending => {
    if (!mayRead(request, world.revoked)) throw unauthorized()
    const { path, query } = readTarget(request)
    const { clusterId, segments } = pathOf(path)
    const view = look(clusterId)
    if (view === null) throw noSuchPath()
    if (request.method !== 'GET' && request.method !== 'HEAD') throw readOnly()
    if (health.has(segments[0] ?? '')) return { status: 200, pieces: ['ok'], type: 'text/plain' }
    const about = discover(segments, view.state.cluster.kubernetesVersion)
    if (about !== null) return json(about)
    const target = readTargetPath(segments)
    if (target === null) throw noSuchPath()
    const form = readAccept(request.headers.accept)
    const present = (seen: View) => createPresenter(target, form, query, seen.nowMs)
    if (isWatch(query)) return { status: 200, pieces: watch({ look: () => look(clusterId), present, target, query, pause }) }
    if (target.name !== null) return getOne(view, target, target.name, request, query)
    const { entries, meta } = listPage(view, target, query)
    return { status: 200, pieces: present(view).list(entries, meta) }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sending = ((): Sending => {
      try {
        return answer(request)
      } catch (error) {
        if (error instanceof KubeFailure) return json(statusOf(error), error.code)
        throw error
      }
    })()
    // What was sent with a refused write is not read: the connection ends with the answer.
    if (request.method !== 'GET') response.setHeader('connection', 'close')
    await send(response, sending)
  }
}
