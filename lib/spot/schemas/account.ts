import { z } from 'zod'
import { scalarText } from './parts'

/** `organizationId` is a number in the list call and a string elsewhere (Spot API, Accounts). */
export const account = z.object({
  accountId: z.string(),
  name: z.string().nullish().transform((name) => name ?? ''),
  organizationId: z.union([z.string(), z.number()]).nullish().transform((id) => (id == null ? null : String(id))),
  providerExternalId: scalarText.nullish().transform((id) => id ?? null),
})
export type Account = z.infer<typeof account>
