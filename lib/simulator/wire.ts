import type { z } from 'zod'
import type { Refusal } from '@/lib/twin/types'

/** What a handler answers with: a kind and items, or an error in one of the contract's shapes. */
export type Reply =
  | { ok: true; kind: string; items: unknown[] }
  | { ok: true; kind: null }
  | { ok: false; status: number; errors?: { code: string; message: string; field?: string }[]; data?: string }

export const items = (kind: string, list: unknown[]): Reply => ({ ok: true, kind, items: list })

/** The answer to a deletion: a status alone (Spot API, Delete Cluster and Delete Virtual Node Group). */
export const done: Reply = { ok: true, kind: null }

export const invalid = (message: string, field?: string, code = 'VALIDATION_ERROR'): Reply => ({
  ok: false,
  status: 400,
  errors: [{ code, message, ...(field === undefined ? {} : { field }) }],
})

/** Every fault that a schema found, one error each. */
export const invalidBody = ({ issues }: z.ZodError): Reply => ({
  ok: false,
  status: 400,
  errors: issues.flatMap((issue) => {
    const fields = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
    const message = issue.code === 'unrecognized_keys' ? 'is not a known field' : issue.message
    return fields.map((field) => ({ code: 'VALIDATION_ERROR', message: `${field.join('.') || 'body'}: ${message}`, field: field.join('.') || 'body' }))
  }),
})

export const notFound = (what: string): Reply => ({
  ok: false,
  status: 404,
  errors: [{ code: 'RESOURCE_NOT_FOUND', message: `${what} was not found.` }],
})

export const forbidden = (message: string): Reply => ({ ok: false, status: 403, errors: [{ code: 'FORBIDDEN', message }] })

export const refused = ({ status, code, message, field }: Refusal): Reply => ({
  ok: false,
  status,
  errors: [{ code, message, ...(field === undefined ? {} : { field }) }],
})

const statusTexts: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Payload Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

type Echo = { id: string; url: string; method: string; timestamp: string }

/** The envelope around every answer (Spot API, "Response structure"); a 429 carries `data`, a 401 only its status. */
export const envelope = (reply: Reply, request: Echo): { status: number; body: unknown } => {
  const code = reply.ok ? 200 : reply.status
  const status = { code, message: statusTexts[code] ?? 'Error' }
  if (reply.ok) return { status: code, body: { request, response: reply.kind === null ? { status } : { status, kind: reply.kind, items: reply.items, count: reply.items.length } } }
  const detail = { ...(reply.errors === undefined ? {} : { errors: reply.errors }), ...(reply.data === undefined ? {} : { data: reply.data }) }
  return { status: code, body: { request, response: { status, ...detail } } }
}
