import 'server-only'
import type { z } from 'zod'
import { AppError, type FieldIssue } from '@/lib/errors'

export const maxBodyBytes = 1024 * 1024

const tooLarge = () => new AppError('body_too_large', { detail: `A request to Slipway holds at most ${maxBodyBytes / 1024 / 1024} MiB.` })

const notJson = () => new AppError('unsupported_media_type', { detail: 'Send the body as application/json.' })

const invalid = (issues: FieldIssue[]) => new AppError('invalid_input', { detail: issues[0]?.message ?? 'Some input is not valid.', issues })

const mediaTypeOf = (request: Request): string => (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

/** The body as text. Reading stops at the limit: nothing beyond it is kept in memory. */
export const readText = async (request: Request): Promise<string> => {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge()
  const reader = request.body?.getReader()
  if (reader === undefined) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength
    if (size > maxBodyBytes) {
      await reader.cancel()
      throw tooLarge()
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid([{ path: '', message: 'The body is not valid JSON.' }])
  }
}

const readObject = async (request: Request): Promise<object> => {
  if (mediaTypeOf(request) !== 'application/json') throw notJson()
  const text = await readText(request)
  const body = text === '' ? {} : parseJson(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid([{ path: '', message: 'The body must be a JSON object.' }])
  return body
}

/** A form post, as the client of next-auth sends it, or JSON. */
export const readForm = async (request: Request): Promise<Record<string, unknown>> => {
  if (mediaTypeOf(request) === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(await readText(request)))
  return { ...(await readObject(request)) }
}

export type Params = Record<string, string | string[] | undefined>

/**
 * Parses what a request carries: its query or, for a mutation, its body, and over both the parts of its path.
 * Throws `invalid_input` with one issue for each fault.
 */
export const readInput = async <Schema extends z.ZodType>(schema: Schema, request: Request, params: Params, isMutation: boolean): Promise<z.output<Schema>> => {
  const given = isMutation ? await readObject(request) : Object.fromEntries(new URL(request.url).searchParams)
  const parsed = schema.safeParse({ ...given, ...params })
  if (parsed.success) return parsed.data
  throw invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
}
