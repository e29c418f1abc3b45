import type { IncomingMessage } from 'node:http'

const maxBodyBytes = 4 * 1024 * 1024

export type Body = { ok: true; value: unknown } | { ok: false; reason: 'too-large' | 'not-json' }

/** A body beyond the limit is read to its end and thrown away, so that its sender gets to read the answer. */
const collect = async (request: IncomingMessage): Promise<Buffer | null> => {
  let chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) chunks = []
    else chunks.push(chunk)
  }
  return size > maxBodyBytes ? null : Buffer.concat(chunks)
}

/** Reads a JSON body. An empty one is fine whatever its content type: the vendor's clients send such. */
export const readBody = async (request: IncomingMessage): Promise<Body> => {
  const bytes = await collect(request)
  if (bytes === null) return { ok: false, reason: 'too-large' }
  const text = bytes.toString('utf8').trim()
  if (text === '') return { ok: true, value: undefined }
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch {
    return { ok: false, reason: 'not-json' }
  }
}

/** Path and query as they were sent: nothing is normalised, so a path that is not one of ours stays so. */
export const readTarget = (request: IncomingMessage): { path: string; query: URLSearchParams; search: string } => {
  const target = request.url ?? '/'
  const mark = target.indexOf('?')
  const search = mark === -1 ? '' : target.slice(mark)
  return { path: mark === -1 ? target : target.slice(0, mark), query: new URLSearchParams(search), search }
}
