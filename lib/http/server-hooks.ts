import 'server-only'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { peerHeader } from './address'
import { encodingHeader } from './reply'

const requestStarts = 'http.server.request.start'

/** Over whatever the client sent under that name. */
const stampPeer = (request: IncomingMessage): void => {
  request.headers[peerHeader] = request.socket.remoteAddress ?? 'unknown'
}

/** Next drops Content-Encoding from what a route handler answers; the header that stands in for it is put back. */
const restoreEncoding = (response: ServerResponse): void => {
  const { writeHead } = response
  const restored = (...given: unknown[]) => {
    const encoding = response.getHeader(encodingHeader)
    if (encoding !== undefined) {
      response.removeHeader(encodingHeader)
      response.setHeader('Content-Encoding', encoding)
    }
    return Reflect.apply(writeHead, response, given) as ServerResponse
  }
  response.writeHead = restored
}

const prepare = (message: unknown): void => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
  stampPeer(request)
  restoreEncoding(response)
}

/**
 * What only the raw server can do: Node publishes each request before any handler sees it. Called once, when
 * the process starts. Returns what undoes it.
 */
export const hookServer = (): (() => void) => {
  subscribe(requestStarts, prepare)
  return () => void unsubscribe(requestStarts, prepare)
}
