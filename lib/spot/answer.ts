import type { z } from 'zod'
import type { FieldIssue } from '@/lib/errors'
import { readTolerantly } from './drift'
import { SpotError, type SpotErrorKind } from './errors'
import type { RawAnswer } from './exchange'
import { bareEnvelope, envelope, errorEnvelope } from './schemas/envelope'

export type ReadAnswer<Item> = { items: Item[]; drift: string[]; requestId: string | undefined }

const kindsByStatus: Record<number, SpotErrorKind> = { 401: 'unauthorized', 403: 'forbidden', 404: 'not-found', 429: 'rate-limited' }

const kindOf = (status: number): SpotErrorKind => {
  if (status >= 500) return 'server'
  if (status >= 400) return kindsByStatus[status] ?? 'invalid'
  return 'redirect'
}

/** The items of a good answer, none where `item` is null: that call answers with a status alone. Throws the `SpotError` of any other. */
export const readAnswer = <Item>(item: z.ZodType<Item> | null, answer: RawAnswer, call: string): ReadAnswer<Item> => {
  const { status } = answer
  if (status < 200 || status > 299) throw statusError(answer, call)
  const json = parseJson(answer, call)
  const requestId = requestIdOf(json)
  const reading = item === null ? readBare(json) : readTolerantly(envelope(item), json)
  if ('brokenAt' in reading) throw new SpotError('drift', { wasSent: 'yes', call, status, requestId, path: reading.brokenAt })
  const { items, count } = reading.data.response
  if (count != null && count > items.length)
    throw new SpotError('truncated', { wasSent: 'yes', call, status, requestId, path: 'response.items' })
  return { items, drift: reading.drift, requestId }
}

const readBare = (json: unknown) => (bareEnvelope.safeParse(json).success ? { data: { response: { items: [], count: null } }, drift: [] } : { brokenAt: 'response', drift: [] })

const decoder = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const parseJson = ({ body, status }: RawAnswer, call: string): unknown => {
  try {
    return JSON.parse(decoder().decode(body))
  } catch {
    // Begun as the envelope and not ended: cut on its way. Anything else never was the API's answer.
    const isCut = body.subarray(0, 1).toString('latin1') === '{'
    throw new SpotError(isCut ? 'truncated' : 'not-json', { wasSent: 'yes', call, status })
  }
}

const statusError = (answer: RawAnswer, call: string): SpotError => {
  const { requestId, issues } = readErrorBody(answer.body)
  return new SpotError(kindOf(answer.status), { wasSent: 'yes', call, status: answer.status, requestId, issues })
}

const readErrorBody = (body: Buffer): { requestId: string | undefined; issues: FieldIssue[] } => {
  try {
    const parsed = errorEnvelope.parse(JSON.parse(decoder().decode(body)))
    const issues = (parsed.response?.errors ?? [])
      .slice(0, 20)
      .map((error) => ({ path: clean(error.field ?? error.code ?? ''), message: clean(error.message ?? '') }))
      .filter((issue) => issue.message !== '')
    return { requestId: cleanId(parsed.request?.id), issues }
  } catch {
    return { requestId: undefined, issues: [] }
  }
}

const requestIdOf = (json: unknown): string | undefined => cleanId(errorEnvelope.safeParse(json).data?.request?.id)

/** A request id is echoed into logs and screens: only what can be one is kept. */
const cleanId = (id: string | undefined): string | undefined => (id !== undefined && /^[\w.:-]{1,128}$/.test(id) ? id : undefined)

/** The vendor's words as plain short text: no control, bidirectional or zero-width characters. */
const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim().slice(0, 300)
