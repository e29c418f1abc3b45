import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

export type Reply = { status?: number; headers?: Record<string, string>; body?: unknown; text?: string; isSilent?: boolean; isCut?: boolean }
export type Answer = (url: URL, request: http.IncomingMessage) => Reply | Promise<Reply>

/** A list as an API server gives it. */
export const listOf = (items: unknown[], next?: string): Reply => ({ body: { metadata: next === undefined ? {} : { continue: next }, items } })

/**
 * An HTTP server that answers as `answer` says, and a kubeconfig that leads to it: for what a simulator of a
 * healthy API server does not do. Remembers what it was asked.
 */
export const startApiServer = async (answer: Answer) => {
  const asked: { method: string; url: URL; authorization: string | undefined }[] = []
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    asked.push({ method: request.method ?? '', url, authorization: request.headers.authorization })
    const { status = 200, headers, body, text, isSilent, isCut } = await answer(url, request)
    if (isSilent) return
    if (isCut) return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': 'gzip', ...headers })
    response.end(gzipSync(text ?? JSON.stringify(body ?? {})))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.address() as AddressInfo).port
  const directory = await mkdtemp(path.join(os.tmpdir(), 'slipway-kube-'))
  const file = path.join(directory, 'config')

  /** Writes the kubeconfig; `user` and `server` replace what stands in it. */
  const writeConfig = (user: object = { token: 'kube-token' }, address = `http://127.0.0.1:${port}`) =>
    writeFile(
      file,
      JSON.stringify({
        clusters: [{ name: 'c', cluster: { server: address } }],
        users: [{ name: 'u', user }],
        contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u' } }, { name: 'o-same', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'prod',
      }),
    )
  await writeConfig()
  return {
    file,
    port,
    directory,
    asked,
    writeConfig,
    settings: { kubeconfigFile: file, contexts: { 'o-1': 'prod' }, inClusterId: null, mayExec: false },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(directory, { recursive: true, force: true })
    },
  }
}
export type ApiServer = Awaited<ReturnType<typeof startApiServer>>
