import { z } from 'zod'
import { scenarioNames } from './scenarios/table'

const garbageBody = z.enum(['html', 'empty', 'null', 'truncated', 'bom', 'wrong-length'])
export type GarbageBody = z.infer<typeof garbageBody>

/**
 * The right answer with one field changed in its items, all of them or every nth. With nothing said the field is
 * taken out; a value for a field that was not there adds it.
 */
const fieldDrift = z.object({
  /** Dotted; lists on the way are walked through. */
  path: z.string().min(1),
  value: z.unknown().optional(),
  /** The value that is there, as another type. */
  as: z.enum(['text', 'number', 'boolean', 'list', 'object', 'null']).optional(),
  renameTo: z.string().min(1).optional(),
  every: z.number().int().min(1).default(1),
})
export type FieldDrift = z.infer<typeof fieldDrift>

/** What a fault does to a request to the simulated API. */
const faultEffect = z.discriminatedUnion('kind', [
  /** Answers after a pause. */
  z.object({ kind: z.literal('latency'), ms: z.number().min(0).max(120_000) }),
  /** A 429 as documented; `retryAfter` is sent verbatim. Not carried out. */
  z.object({ kind: z.literal('rate-limit'), resetSeconds: z.number(), retryAfter: z.string().optional() }),
  /** An error; the request is carried out before it only when that is asked for. */
  z.object({ kind: z.literal('status'), status: z.number().int().min(400).max(599), isCarriedOut: z.boolean().default(false) }),
  /** The right answer, cut off after so many bytes of its body while the length says more. */
  z.object({ kind: z.literal('cut'), afterBytes: z.number().int().min(0) }),
  /** The right answer, so many bytes of its body a second. */
  z.object({ kind: z.literal('slow'), bytesPerSecond: z.number().min(1).max(10_000_000) }),
  /** A 200 whose body is not what it should be; carried out. */
  z.object({ kind: z.literal('garbage'), body: garbageBody }),
  /** The request is carried out and never answered. */
  z.object({ kind: z.literal('hang-after') }),
  /** The request is neither carried out nor answered. */
  z.object({ kind: z.literal('hang-before') }),
  /** The connection is reset, the request not carried out, or carried out first. */
  z.object({ kind: z.literal('reset-before') }),
  z.object({ kind: z.literal('reset-after') }),
  /** The connection is accepted, and nothing is read or answered. Taken before there is a request, so it cannot name one. */
  z.object({ kind: z.literal('half-open') }),
  /** The head of the right answer and so many bytes of its body, then silence; the connection stays open. */
  z.object({ kind: z.literal('stall'), afterBytes: z.number().int().min(0) }),
  /** Reads are answered as they were so many milliseconds ago. */
  z.object({ kind: z.literal('earlier'), ms: z.number().min(0) }),
  /** The same for lists only, while what is read by its id is current. */
  z.object({ kind: z.literal('lagging-lists'), ms: z.number().min(0) }),
  fieldDrift.extend({ kind: z.literal('field') }),
])
export type FaultEffect = z.infer<typeof faultEffect>

/** A fault applies to the next `times` requests whose method and path match, then it is gone. */
export const fault = z
  .object({
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
    /** A piece of the path; left out, every path. */
    pathContains: z.string().default(''),
    /** How the path ends: `/migration` is the list, and neither discovery nor a single run. */
    pathEndsWith: z.string().default(''),
    times: z.number().int().min(1).default(1_000_000),
    effect: faultEffect,
  })
  .refine(({ effect, method, pathContains, pathEndsWith }) => effect.kind !== 'half-open' || (method === undefined && pathContains === '' && pathEndsWith === ''), 'half-open takes connections, which have no method and no path')
export type Fault = z.infer<typeof fault>
export type FaultInput = z.input<typeof fault>

const switches = z.strictObject({
  batchReading: z.enum(['M1', 'M2', 'M2-floor', 'M3']).optional(),
  termination: z.enum(['when-drained', 'after-run']).optional(),
  completion: z.enum(['all-moved', 'all-healthy']).optional(),
  secondRun: z.enum(['refused', 'beside']).optional(),
  spotShortagePercentage: z.number().min(0).max(100).optional(),
  zonesWithoutCapacity: z.array(z.string()).optional(),
  isCordonedUpFront: z.boolean().optional(),
  isAutoscaled: z.boolean().optional(),
})

export const twinKnob = z.discriminatedUnion('kind', [
  /** The node's replacement never becomes healthy. */
  z.object({ kind: z.literal('curse-node'), clusterId: z.string(), nodeName: z.string() }),
  /** The node is gone at once. */
  z.object({ kind: z.literal('vanish-node'), clusterId: z.string(), nodeName: z.string() }),
  z.object({ kind: z.literal('controller'), clusterId: z.string(), isSilent: z.boolean() }),
  /** The cloud has no capacity for the group. */
  z.object({ kind: z.literal('no-capacity'), clusterId: z.string(), vngId: z.string() }),
  /** What the scenario switches in a cluster, for the runs that start from now on; what another switched is off again. Size, budgets, past and wire come with --scenario only. */
  z.object({ kind: z.literal('scenario'), clusterId: z.string(), scenario: z.enum(scenarioNames) }),
  /** What the vendor does not document. */
  z.object({ kind: z.literal('switches'), clusterId: z.string(), switches }),
])
export type TwinKnob = z.infer<typeof twinKnob>

/**
 * `speed` is twin time over real time; `skipMs` lets so much twin time pass at once; `clockOffsetMs` puts every
 * stamp and Date header wrong by so much, 0 right again.
 */
export const timeInput = z.strictObject({
  speed: z.number().min(0.1).max(10_000).optional(),
  skipMs: z.number().min(0).optional(),
  clockOffsetMs: z.number().min(-1e12).max(1e12).optional(),
})
export type TimeInput = z.infer<typeof timeInput>

/** A revoked token is answered with 401 until it is restored. */
export const tokenInput = z.object({ token: z.string(), isRevoked: z.boolean() })
export type TokenInput = z.infer<typeof tokenInput>

/** One request as the simulator saw it. Tokens are named, never written down. A status of null was never sent. */
export const journalEntry = z.object({
  atMs: z.number(),
  method: z.string(),
  path: z.string(),
  query: z.string(),
  principal: z.string().nullable(),
  /** The `x-request-id` that came along. */
  requestId: z.string().nullable(),
  status: z.number().nullable(),
})
export type JournalEntry = z.infer<typeof journalEntry>

/** `atMs` of what follows is epoch milliseconds of the right time. */
const happened = { atMs: z.number(), nodeName: z.string() }
const gone = z.object({ ...happened, name: z.string() })

const runAnswer = z.object({
  status: z.string(),
  nodes: z.record(z.string(), z.string()),
  /** Pools that the run has named for its new nodes. */
  scaledPools: z.array(z.string()),
  /** Nodes that came to a status, in the batch they belong to. */
  course: z.array(z.object({ ...happened, batch: z.number(), status: z.string() })),
  /** Nodes that Ocean added after the run had begun, whatever for. */
  newNodes: z.array(z.object({ ...happened, poolName: z.string(), lifecycle: z.string(), goneAtMs: z.number().nullable() })),
  /** Old nodes of the run that were taken away. */
  goneNodes: z.array(gone),
  /** Pods without an owner that were on them and are gone, `namespace/name`. */
  lostPods: z.array(gone),
})

/**
 * How the twin itself knows its runs by migration, whatever the wire makes of them: status of the run and of its
 * nodes, and what happened to nodes and pods since the simulator was started.
 */
export const runsAnswer = z.object({ runs: z.record(z.string(), runAnswer) })
export type RunsAnswer = z.infer<typeof runsAnswer>

/** Migrations created over the API since the clusters were made, by cluster id. */
export const countsAnswer = z.object({ createdMigrations: z.record(z.string(), z.number()) })
export type CountsAnswer = z.infer<typeof countsAnswer>
