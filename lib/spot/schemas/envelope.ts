import { z } from 'zod'

/**
 * The envelope around every answer: `{ request, response: { status, kind, items, count } }`.
 * Errors come in three shapes (Spot API, "Error handling" and "Rate limits"): `response.errors[]`, a bare
 * status (401), and `response.data` (429).
 */
const requestEcho = z.object({ id: z.string().optional() }).optional().catch(undefined)

const count = z.coerce.number().int().nonnegative().nullish().catch(null)

/** `count` is the size of `items`: a smaller list has lost some on its way. A missing list is no empty list. */
export const envelope = <Item extends z.ZodType>(item: Item) =>
  z.object({
    request: requestEcho,
    response: z.object({ items: z.array(item).nullable().transform((items) => items ?? []), count }),
  })

/** The answer to a deletion: a status and no list (Spot API, Delete Virtual Node Group). */
export const bareEnvelope = z.object({ request: requestEcho, response: z.looseObject({}) })

const errorItem = z.object({
  code: z.coerce.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
  field: z.string().nullish().catch(null),
})

/** Reads whatever an error answer holds; nothing in it is relied on. */
export const errorEnvelope = z.object({
  request: requestEcho,
  response: z
    .object({ errors: z.array(errorItem).nullish().catch(null) })
    .optional()
    .catch(undefined),
})
