import type { RunFacts } from './change'

/** Who asked last for a stop here, and when. `batch`: the latest that can have been on then; null when none was told. */
export type StopAsked = { atMs: number; askedBy: string; batch: number | null }

type Course = { facts: RunFacts | null; stopAsked: StopAsked | null }

/** A run is read at once when a stop was asked for; what that reading tells may have been so before the asking. */
const slackMs = 30_000

/** The same once the run's facts were read at `atMs`, of whose course nothing was seen since `seenMs`. */
export const afterReading = (asked: StopAsked | null, { currentBatch }: RunFacts, atMs: number, seenMs: number = atMs): StopAsked | null => {
  if (asked === null || currentBatch === null) return asked
  const mayHaveBeenOn = asked.batch === null || (currentBatch > asked.batch && (atMs <= asked.atMs + slackMs || seenMs <= asked.atMs))
  return mayHaveBeenOn ? { ...asked, batch: currentBatch } : asked
}

/** The batch that Spot has begun though a stop had been asked for before, which so did not take effect; null when there is none. */
export const batchDespiteStop = ({ facts, stopAsked }: Course): number | null => {
  const current = facts?.currentBatch ?? null
  return current !== null && stopAsked !== null && stopAsked.batch !== null && current > stopAsked.batch ? current : null
}

/** True where a stop was asked for and nothing shows that it was in vain: no further batch is awaited. */
export const isStopping = (course: Course): boolean => course.stopAsked !== null && batchDespiteStop(course) === null
