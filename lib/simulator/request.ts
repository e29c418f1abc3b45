import type { IncomingMessage } from 'node:http'

const maxBodyBytes = 4 * 1024 * 1024

export type Body = { ok: true; value: unknown } | { ok: false; reason: 'too-large' | 'not-json' }

/** Reads a JSON body. An empty one is fine whatever its content type: the vendor's clients send such. */
export const readBody = async (request: IncomingMessage): Promise<Body> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) return { ok: false, reason: 'too-large' }
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString('utf8').trim()
  if (text === '') return { ok: true, value: undefined }
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch {
    return { ok: false, reason: 'not-json' }
  }
}
