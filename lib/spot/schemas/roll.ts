import { z } from 'zod'
import { optionalText } from './parts'

/** A roll of the cluster's managed nodes (Spot API, Ocean AKS, List Cluster Rolls). */
export const roll = z.object({ id: z.string(), status: z.string(), comment: optionalText, createdAt: optionalText })
export type Roll = z.infer<typeof roll>
