import 'server-only'
import type { z } from 'zod'
import { AppError, type FieldIssue } from '@/lib/errors'

/** Largest body a route reads; a draft of 20,000 node names fits. */
const maxBodyBytes = 1024 * 1024

const tooLarge = () => new AppError('body_too_large', { detail: 'The request is larger than 1 MiB. Select fewer nodes, or shorten the text.' })

const readText = async (request: Request): Promise<string> => {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge()
  if (request.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > maxBodyBytes) {
      await reader.cancel()
      throw tooLarge()
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A form post, as the client of next-auth sends it. Throws `unsupported_media_type` or `body_too_large`. */
export const readForm = async (request: Request): Promise<Record<string, string>> => {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) throw new AppError('unsupported_media_type', { detail: 'Send the form as application/x-www-form-urlencoded.' })
  return Object.fromEntries(new URLSearchParams(await readText(request)))
}

/** The JSON body of a request, undefined when it is empty. Throws `unsupported_media_type`, `body_too_large` or `invalid_input`. */
export const readJson = async (request: Request): Promise<unknown> => {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new AppError('unsupported_media_type', { detail: 'Send the request as application/json.' })
  const text = await readText(request)
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new AppError('invalid_input', { detail: 'The request is not valid JSON.' })
  }
}

const issuesOf = (error: z.ZodError): FieldIssue[] => error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }))

/** The value by its schema. Throws `invalid_input` with an issue for each field. */
export const parseInput = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = issuesOf(parsed.error)
  throw new AppError('invalid_input', { detail: issues[0]?.message ?? 'Some input is not valid.', issues })
}

/** Parameters from the path: one that is malformed names nothing that exists. Throws `not_found`. */
export const parseParams = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError('not_found', { detail: parsed.error.issues[0]?.message ?? 'There is nothing at this address.' })
}
