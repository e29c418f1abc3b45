import 'server-only'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/**
 * The address of the peer as the server's socket saw it. X-Forwarded-For is anyone's to write, and Next keeps
 * what a client wrote there, so throttling must not read it.
 */
export const peerHeader = 'x-slipway-peer'

const requestStarts = 'http.server.request.start'

const stampPeer = (message: unknown): void => {
  const { request } = message as { request: IncomingMessage }
  request.headers[peerHeader] = request.socket.remoteAddress ?? 'unknown'
}

/**
 * Writes the peer's address into every request before anything reads it, over whatever the client sent under
 * that name. Node publishes each request before its handlers run. Returns what undoes it.
 */
export const stampPeers = (): (() => void) => {
  subscribe(requestStarts, stampPeer)
  return () => void unsubscribe(requestStarts, stampPeer)
}

export const peerAddress = (headers: Pick<Headers, 'get'>): string => headers.get(peerHeader) ?? 'unknown'
