import { createServer, request, type IncomingMessage, type RequestListener } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'

type Open = (viewer: number, signal: AbortSignal) => ReadableStream<Uint8Array> | Promise<ReadableStream<Uint8Array>>

/**
 * Serves streams over HTTP on a socket of the file system: its buffers in the kernel are small and do not grow, so
 * that who does not read is felt by the server soon.
 */
export const serveStreams = async (open: Open) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-viewers-'))
  const socketPath = path.join(folder, 'http.sock')
  /** Bytes that the server has given away for a viewer, to the kernel or to Node's own queue. */
  const given = new Map<number, () => number>()
  const listener: RequestListener = (asked, response) => {
    const viewer = Number(asked.url?.slice(1))
    const gone = new AbortController()
    given.set(viewer, () => response.socket?.bytesWritten ?? 0)
    response.on('close', () => gone.abort())
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    void Promise.resolve(open(viewer, gone.signal)).then((body) => Readable.fromWeb(body as WebStream).on('error', () => {}).pipe(response))
  }
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return {
    givenTo: (viewer: number) => given.get(viewer)?.() ?? 0,
    /** Connects a viewer. Nothing is read until the answer is. */
    connect: (viewer: number) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const sent = request({ socketPath, path: `/${viewer}`, agent: false }, resolve)
        sent.on('error', reject)
        sent.end()
      }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The body of an answer as a stream of the browser's kind. */
export const bodyOf = (response: IncomingMessage) => Readable.toWeb(response) as unknown as ReadableStream<Uint8Array>
