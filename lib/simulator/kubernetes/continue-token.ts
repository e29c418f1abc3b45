import { z } from 'zod'
import { expiredToken } from './status'

/** Where a page ended, and the version of the list that the next one belongs to. */
export type Mark = { version: number; key: string }

const mark = z.strictObject({ version: z.number().int(), key: z.string() })

export const writeToken = (at: Mark): string => Buffer.from(JSON.stringify(at)).toString('base64url')

/** Throws KubeFailure 410 for anything that was not made here. */
export const readToken = (text: string): Mark => {
  try {
    return mark.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw expiredToken()
  }
}
