import { z } from 'zod'
import { predictedBatches } from '@/lib/domain/batches/predicted'
import { outcomeCounts } from '@/lib/domain/outcome/counts'
import { rehearsedLine } from './rehearsed-line'
import { runOptions } from './run'

const instant = z.iso.datetime().nullable()

/** `count` null is not known; `why` says why. */
const maybeCounted = z.object({ count: z.number().nullable(), why: z.string().nullable() })

const spotCount = z.object({ nodes: z.number(), spot: z.number(), onDemand: z.number(), unsaid: z.number(), gone: z.number(), spotShare: z.number().nullable(), spotCpuShare: z.number().nullable() })

const ledger = z.object({
  nodes: z.array(z.object({ line: z.string(), count: z.number() })),
  pods: z.object({ leftMovedNodes: z.number().nullable(), lostOnPurpose: maybeCounted, pending: maybeCounted }),
  capacity: spotCount
    .extend({ others: z.number(), groups: z.array(spotCount.extend({ vngId: z.string().nullable(), vngName: z.string().nullable(), target: z.number().nullable(), zones: z.array(z.string()), vmSizes: z.array(z.string()) })) })
    .nullable(),
})

const landing = z.object({
  looks: z.array(
    z.object({
      at: instant,
      batch: z.number().nullable(),
      isLast: z.boolean(),
      problem: z.string().nullable(),
      pods: z.object({ onNew: z.number(), onOld: z.number(), elsewhere: z.number(), pending: z.number(), reasons: z.array(z.object({ reason: z.string(), pods: z.number() })) }).nullable(),
    }),
  ),
  nodes: z.array(
    z.object({
      name: z.string(),
      pool: z.string().nullable(),
      vngId: z.string().nullable(),
      vngName: z.string().nullable(),
      lifecycle: z.string().nullable(),
      zone: z.string().nullable(),
      vmSize: z.string().nullable(),
      milliCpu: z.number().nullable(),
      isNamed: z.boolean(),
      seenAt: instant,
      goneAt: instant,
    }),
  ),
})

const leftovers = z.array(
  z.object({
    kind: z.string(),
    sentence: z.string(),
    nextStep: z.string(),
    commands: z.array(z.string()),
    nodes: z.array(z.object({ name: z.string(), pool: z.string(), isCordoned: z.boolean().nullable(), pods: z.number().nullable() })),
  }),
)

/**
 * A run as a file. Times are ISO 8601 in UTC, null when they are not known; a time that Slipway saw itself is
 * exact to one reading, and what was so already at the first has none. `batch` of a node is the batch that was current when the node was seen moving, null where
 * none was begun and where it went by between two readings. `outcome` of a node is `vanished` where it was gone
 * without having moved; the counts of outcomes go by Spot's status alone.
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
    /** The pools by whose names it was asked for; null where nodes were named, or where that is not known. */
    nodePools: z.array(z.string()).nullable(),
  }),
  options: runOptions,
  /** Null where nothing was rehearsed before the launch. */
  rehearsed: rehearsedLine.nullable(),
  /** Null for runs that Slipway did not launch. */
  predicted: predictedBatches.nullable(),
  outcome: outcomeCounts,
  ledger,
  landing,
  leftovers,
  batches: z.array(
    z.object({
      batch: z.number(),
      startedAt: instant,
      endedAt: instant,
      /** As of a node: where the first began, or the last was settled, in a gap. */
      startedAfter: instant,
      endedAfter: instant,
      outcome: outcomeCounts,
    }),
  ),
  nodes: z.array(
    z.object({
      name: z.string(),
      pool: z.string(),
      vngId: z.string().nullable(),
      vngName: z.string().nullable(),
      status: z.string(),
      outcome: z.string(),
      batch: z.number().nullable(),
      /** Null where it was settled, or in a state that nobody knows, without having been seen before, and where its end is not known. */
      wasBegun: z.boolean().nullable(),
      startedAt: instant,
      endedAt: instant,
      /** Where nobody watched when it began or was settled: after this and before the other. */
      startedAfter: instant,
      endedAfter: instant,
      podsLeft: z.number().nullable(),
    }),
  ),
  newCapacity: z.array(z.object({ pool: z.string(), vngId: z.string().nullable(), vngName: z.string().nullable(), nodes: z.number(), status: z.string() })),
  log: z.array(z.object({ at: instant, severity: z.string(), message: z.string() })),
  stopAsked: z.object({ at: instant, by: z.string() }).nullable(),
  /** What Spot heard of the controller, each time that it had changed. */
  heartbeats: z.array(z.object({ at: instant, state: z.string(), status: z.string().nullable(), lastHeartbeat: instant })),
  gaps: z.array(z.object({ from: instant, until: instant, reason: z.string() })),
  contradictions: z.array(z.object({ at: instant, sentence: z.string() })),
})
export type RunDocument = z.infer<typeof runDocument>
