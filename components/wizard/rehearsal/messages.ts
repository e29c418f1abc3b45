import type { RehearsalFacts } from '@/lib/domain/rehearsal/facts'
import type { RehearsalPlan } from '@/lib/rehearsal/plan'
import type { RehearsedRun } from '@/lib/rehearsal/run-once'

/** What a worker is told: all it needs, once. It ends when it has said the last of its seeds, or is ended. */
export type RehearsalOrder = { facts: RehearsalFacts; plan: RehearsalPlan; seeds: readonly number[] }

/** What a worker tells. `share` is the part of a run's batches that has begun, 0 to 1. */
export type RehearsalMessage =
  | { kind: 'progress'; seed: number; share: number }
  | { kind: 'result'; run: RehearsedRun }
  /** Create Migration would not take the plan. */
  | { kind: 'refused'; sentence: string }
  | { kind: 'failed'; sentence: string }
