import { z } from 'zod'

/** A text that some documents show as a bare number or boolean (`kubernetesVersion: 1.26`). */
export const scalarText = z.union([z.string(), z.number(), z.boolean()]).transform(String)

/** Labels come as a string map; `null` and a missing map mean none. Numbers are kept as their text. */
export const labels = z
  .record(z.string(), scalarText.nullable().transform((value) => value ?? ''))
  .nullish()
  .transform((map) => map ?? {})

/** A taint as virtual node groups carry it. Nodes carry the text form `key=value:NO_SCHEDULE` instead. */
export const taint = z.object({
  key: z.string(),
  value: z.string().nullish().transform((value) => value ?? ''),
  effect: z.string(),
})

export const taints = z
  .array(taint)
  .nullish()
  .transform((list) => list ?? [])

/** A number that may be absent or null on the wire. */
export const optionalNumber = z.number().nullish().transform((value) => value ?? null)
/** A text that may be absent or null on the wire. */
export const optionalText = z.string().nullish().transform((value) => value ?? null)
/** Whole numbers that some documents show as text (`runningPods: "6"`). */
export const wholeNumber = z
  .union([z.number(), z.string().regex(/^\d{1,15}$/)])
  .transform(Number)
  .pipe(z.number().int().nonnegative())
