import 'server-only'
import http from 'node:http'
import https from 'node:https'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Connection } from './connection'
import { connectionFailure, KubeReadError, statusFailure } from './failure'

const open = ({ options }: Connection, url: URL, signal: AbortSignal): Promise<http.IncomingMessage> =>
  new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http
    const headers = { ...options.headers, accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'slipway' }
    client.get(url, { ...options, headers, signal }, resolve).on('error', reject)
  })

const unpacked = (answer: http.IncomingMessage): Readable => {
  if (answer.headers['content-encoding'] !== 'gzip') return answer
  const gunzip = createGunzip()
  answer.on('error', (error) => gunzip.destroy(error))
  return answer.pipe(gunzip)
}

const readText = async (answer: http.IncomingMessage, maxBytes: number): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of unpacked(answer) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      answer.destroy()
      throw new KubeReadError('too-large', 'The API server’s answer is larger than Slipway reads.', 'Look for objects of unusual size in this cluster.')
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new KubeReadError('unreadable', 'The API server’s answer is not JSON.', 'Check that the address in the kubeconfig is that of a Kubernetes API server.')
  }
}

/** One GET. Redirects are not followed: the token goes to the named server only. Throws KubeReadError. */
export const getJson = async (connection: Connection, pathAndQuery: string, resource: string, limits: { maxBytes: number; signal: AbortSignal }): Promise<unknown> => {
  try {
    const answer = await open(connection, new URL(`${connection.baseUrl}${pathAndQuery}`), limits.signal)
    if (answer.statusCode !== 200) {
      answer.destroy()
      throw statusFailure(answer.statusCode ?? 0, resource, answer.headers['retry-after'])
    }
    return parse(await readText(answer, limits.maxBytes))
  } catch (error) {
    throw connectionFailure(error)
  }
}
