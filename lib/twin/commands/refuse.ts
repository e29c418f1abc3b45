import type { Refusal } from '../types'

type Refused = { ok: false; refusal: Refusal }

/** The request names or asks for something that cannot be. */
export const invalid = (field: string, message: string): Refused => ({ ok: false, refusal: { status: 400, code: 'INVALID_PARAMETER', message, field } })

/** The thing is there, but not in a state for this. */
export const conflict = (code: string, message: string): Refused => ({ ok: false, refusal: { status: 400, code, message } })

export const missing = (message: string): Refused => ({ ok: false, refusal: { status: 404, code: 'RESOURCE_NOT_FOUND', message } })

/** Names for a sentence: ten at most, and how many more there are. */
export const listed = (names: string[]): string =>
  names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ')
