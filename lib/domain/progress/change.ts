import { z } from 'zod'
import { heartbeatFacts } from '../heartbeat'
import { landingFacts } from './landing-facts'

/**
 * A run is stored, streamed and drawn as a list of changes; its state at any moment is the fold of the
 * changes up to it. `seq` grows by one per run, `atMs` is when the server saw the change (epoch milliseconds,
 * server clock), so a time is exact to one poll.
 */
const stamped = { seq: z.number().int().positive(), atMs: z.number() }

/** `isOver`: two readings in a row named an end, under a status that is not in Spot's list. */
export const runFacts = z.object({
  status: z.string(),
  currentBatch: z.number().nullable(),
  numOfBatches: z.number().nullable(),
  progressPercentage: z.number().nullable(),
  erredAtMs: z.number().nullable(),
  stoppedAtMs: z.number().nullable(),
  completedAtMs: z.number().nullable(),
  isOver: z.literal(true).optional(),
})
export type RunFacts = z.infer<typeof runFacts>

/**
 * `batch` is derived: the API gives no batch per node, so it is the `currentBatch` under which the node was
 * first seen in progress. Null before that, and for a node whose batch went by between two readings. `podNames` are the pods still on the node.
 */
export const nodeFacts = z.object({
  nodeName: z.string(),
  poolName: z.string(),
  vngId: z.string().nullable(),
  vngName: z.string().nullable(),
  status: z.string(),
  runningPods: z.number().nullable(),
  podNames: z.array(z.string()),
  batch: z.number().nullable(),
  gone: z.array(z.number()).optional(),
})
export type NodeFacts = z.infer<typeof nodeFacts>

/**
 * Pods that left nodes, with nothing else about these having changed. Each step is the node's place in the order
 * in which nodes were first told, its pods (-1: not said), and the places of the names that are gone. Numbers
 * alone, because this is most of what a run writes.
 */
const stepsFacts = z.object({ steps: z.array(z.tuple([z.number(), z.number()], z.number())) })
export type StepsFacts = z.infer<typeof stepsFacts>

export const capacityFacts = z.object({
  poolName: z.string(),
  vngId: z.string().nullable(),
  vngName: z.string().nullable(),
  newNodes: z.number(),
  status: z.string(),
})
export type CapacityFacts = z.infer<typeof capacityFacts>

export const logFacts = z.object({ loggedAtMs: z.number().nullable(), severity: z.string(), message: z.string() })
export type LogFacts = z.infer<typeof logFacts>

const changeBodies = {
  run: runFacts,
  node: nodeFacts,
  steps: stepsFacts,
  capacity: capacityFacts,
  log: logFacts,
  /** The run was not read between `fromMs` and this change: nobody watched, or Spot did not answer. */
  gap: z.object({ fromMs: z.number(), reason: z.string() }),
  /** The upstream contradicted what it had said before (a final node moving again, progress falling). */
  anomaly: z.object({ sentence: z.string() }),
  /** A person asked for the run to be stopped, here. */
  stop: z.object({ askedBy: z.string() }),
  /** A look at the cluster: the nodes that took over, and what became of the old ones and of the pods. */
  landing: landingFacts,
  /** What Spot hears of the controller, told when that changes. */
  heartbeat: heartbeatFacts,
}

export const runChange = z.discriminatedUnion('kind', [
  z.object({ ...stamped, kind: z.literal('run'), body: changeBodies.run }),
  z.object({ ...stamped, kind: z.literal('node'), body: changeBodies.node }),
  z.object({ ...stamped, kind: z.literal('steps'), body: changeBodies.steps }),
  z.object({ ...stamped, kind: z.literal('capacity'), body: changeBodies.capacity }),
  z.object({ ...stamped, kind: z.literal('log'), body: changeBodies.log }),
  z.object({ ...stamped, kind: z.literal('gap'), body: changeBodies.gap }),
  z.object({ ...stamped, kind: z.literal('anomaly'), body: changeBodies.anomaly }),
  z.object({ ...stamped, kind: z.literal('stop'), body: changeBodies.stop }),
  z.object({ ...stamped, kind: z.literal('landing'), body: changeBodies.landing }),
  z.object({ ...stamped, kind: z.literal('heartbeat'), body: changeBodies.heartbeat }),
])
export type RunChange = z.infer<typeof runChange>

type Unstamped<Change> = Change extends RunChange ? Omit<Change, 'seq' | 'atMs'> : never
/** A change before the recorder has given it its number and time. */
export type NewRunChange = Unstamped<RunChange>
