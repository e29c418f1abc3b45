import { z } from 'zod'

/**
 * The envelope around every answer: `{ request, response: { status, kind, items, count } }`.
 * Errors come in three shapes (Spot API, "Error handling" and "Rate limits"): `response.errors[]`, a bare
 * status (401), and `response.data` (429).
 */
export const requestEcho = z.object({ id: z.string().optional() }).optional()

export const envelope = <Item extends z.ZodType>(item: Item) =>
  z.object({
    request: requestEcho,
    response: z.object({ items: z.array(item).nullish().transform((items) => items ?? []) }),
  })

export const errorEnvelope = z.object({
  request: requestEcho,
  response: z
    .object({
      status: z.object({ code: z.coerce.number().optional(), message: z.string().optional() }).optional(),
      errors: z
        .array(z.object({ code: z.string().nullish(), message: z.string(), field: z.string().nullish() }))
        .nullish(),
      data: z.unknown().optional(),
    })
    .optional(),
})
export type ErrorEnvelope = z.infer<typeof errorEnvelope>
