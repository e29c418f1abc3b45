import { z } from 'zod'
import { vngSpec } from '@/lib/spot/schemas/vng'
import { newVngBody, taintEffects, vngChanges } from '@/lib/spot/schemas/vng-body'
import type { VngsAnswer } from './nodes'

export type VngTemplate = NonNullable<VngsAnswer['template']>

/** A group as an object of the API's own shape, with every field it has. */
const document = z.record(z.string(), z.unknown())

/** What a new group is made of. Whatever is left out or null comes from the cluster's template. */
export const newVngRequest = newVngBody
/** What is to change, and nothing else. */
export const vngChangesRequest = vngChanges.refine((changes) => Object.keys(changes).length > 0, 'Nothing has changed.')
export const vngTaintEffects = taintEffects

export const vngAnswer = z.object({ document, template: vngSpec.nullable(), fetchedAtMs: z.number() })
export type VngAnswer = z.infer<typeof vngAnswer>

export const savedVng = z.object({ vngId: z.string(), name: z.string() })
export type SavedVng = z.infer<typeof savedVng>

export const importRequest = z.object({ poolName: z.string().min(1, 'Choose a node pool.').max(63) })
export const importAnswer = z.object({ document })

export const vmSizesAnswer = z.object({ sizes: z.array(z.string()) })
