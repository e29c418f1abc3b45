import { z } from 'zod'
import { outcomeCounts } from '@/lib/domain/outcome/counts'
import { runOptions } from './run'

const instant = z.iso.datetime().nullable()

/**
 * A run as a file. Times are ISO 8601 in UTC, null when they are not known; a time that Slipway saw itself is
 * exact to one reading. `batch` of a node is the batch that was current when the node was first seen moving.
 */
export const runDocument = z.object({
  format: z.literal('slipway-run'),
  version: z.literal(1),
  isRedacted: z.boolean(),
  run: z.object({
    id: z.string(),
    clusterId: z.string(),
    status: z.string(),
    source: z.string(),
    startedBy: z.string().nullable(),
    comment: z.string(),
    startedAt: instant,
    endedAt: instant,
    batches: z.number().nullable(),
  }),
  options: runOptions,
  outcome: outcomeCounts,
  batches: z.array(z.object({ batch: z.number(), startedAt: instant, endedAt: instant, outcome: outcomeCounts })),
  nodes: z.array(
    z.object({
      name: z.string(),
      pool: z.string(),
      vngId: z.string().nullable(),
      vngName: z.string().nullable(),
      status: z.string(),
      outcome: z.string(),
      batch: z.number().nullable(),
      startedAt: instant,
      endedAt: instant,
      podsLeft: z.number().nullable(),
    }),
  ),
  newCapacity: z.array(z.object({ pool: z.string(), vngId: z.string().nullable(), vngName: z.string().nullable(), nodes: z.number(), status: z.string() })),
  log: z.array(z.object({ at: instant, severity: z.string(), message: z.string() })),
  stopAsked: z.object({ at: instant, by: z.string() }).nullable(),
  gaps: z.array(z.object({ from: instant, until: instant, reason: z.string() })),
  contradictions: z.array(z.object({ at: instant, sentence: z.string() })),
})
export type RunDocument = z.infer<typeof runDocument>
