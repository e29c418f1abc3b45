import type { Migration } from '@/lib/spot/schemas/migration'
import { deletedStatus, endWords, hasEnded, isFinalRun } from '../run-rules'
import type { NewRunChange, RunFacts } from './change'
import { anomaly, isSame } from './diff-support'
import { endsOf } from './reading'
import { isRunOver, type RunState } from './state'

/** A word that nobody knows is believed to be the last once it was said twice in a row with an end: nobody reads the run again then. */
const isEndInOwnWord = ({ status, completedAtMs, stoppedAtMs, erredAtMs }: RunFacts): boolean =>
  !isFinalRun(status) && hasEnded(status, completedAtMs ?? stoppedAtMs ?? erredAtMs)

/** The run's own facts in a reading that follows on `before`. */
export const factsOf = (before: RunFacts | null, migration: Migration): RunFacts => {
  const facts: RunFacts = {
    status: migration.status,
    currentBatch: migration.currentBatch,
    numOfBatches: migration.numOfBatches,
    progressPercentage: migration.progressPercentage,
    ...endsOf(migration),
  }
  return before !== null && isEndInOwnWord(before) && isEndInOwnWord(facts) ? { ...facts, isOver: true } : facts
}

/** True when the run is over with this reading. */
export const endsRun = ({ facts }: RunState, migration: Migration): boolean => isRunOver({ facts: factsOf(facts, migration) })

const followed = 'The record follows when the next reading says so too.'

const fell = (before: RunFacts, next: RunFacts): string | null => {
  if (isFinalRun(next.status)) return null
  if (next.currentBatch !== null && before.currentBatch !== null && next.currentBatch < before.currentBatch)
    return `Spot went back from batch ${before.currentBatch} to batch ${next.currentBatch}. ${followed}`
  if (next.progressPercentage !== null && before.progressPercentage !== null && next.progressPercentage < before.progressPercentage)
    return `Spot went back from ${Math.round(before.progressPercentage)} % to ${Math.round(next.progressPercentage)} %. ${followed}`
  return null
}

/** What a reading takes back of the run, in a sentence; null when it takes back nothing. */
export const wentBack = (before: RunFacts, next: RunFacts): string | null =>
  isFinalRun(before.status) && !isFinalRun(next.status) ? `Spot called the run ${next.status} after it had ended as ${before.status}. The record keeps the end.` : fell(before, next)

/** True when a reading goes back behind the figures that are known. */
export const goesBack = ({ facts }: RunState, migration: Migration): boolean => facts !== null && !isFinalRun(facts.status) && fell(facts, factsOf(facts, migration)) !== null

/** A run that was over goes on: Spot had told an end that was none, and what was told with it. */
export const backOn = (before: RunState, next: RunFacts): NewRunChange[] => {
  const known = before.facts ?? next
  const when = new Date(before.lastAtMs ?? 0).toISOString()
  const end = known.status === deletedStatus ? `Spot did not know this run any more at ${when}` : `Spot said by ${when} that this run was over (${endWords(known.status)})`
  return [anomaly(`${end}, and now says that it is on. The record goes on.`), { kind: 'run', body: told(known, next) }]
}

const later = (before: number | null, next: number | null): number | null =>
  before === null || next === null ? (next ?? before) : Math.max(before, next)

/** What is told, with what was known where that is no longer said. */
const told = (before: RunFacts, next: RunFacts): RunFacts => ({
  ...next,
  currentBatch: next.currentBatch ?? before.currentBatch,
  numOfBatches: next.numOfBatches ?? before.numOfBatches,
  progressPercentage: next.progressPercentage ?? before.progressPercentage,
})

/** What was known and is no longer said stays known, but for an end; counters do not fall. */
const merged = (before: RunFacts, next: RunFacts): RunFacts => ({
  ...(isFinalRun(before.status) && !isFinalRun(next.status) ? before : next),
  currentBatch: later(before.currentBatch, next.currentBatch),
  numOfBatches: next.numOfBatches ?? before.numOfBatches,
  progressPercentage: later(before.progressPercentage, next.progressPercentage),
})

/** What is new of the run's own facts; `isRepeated`: a fall that two readings told is believed. */
export const runChanges = ({ facts }: RunState, next: RunFacts, contradiction: string | null, isRepeated: boolean): NewRunChange[] => {
  if (facts === null) return [{ kind: 'run', body: next }]
  const noted = contradiction === null ? [] : [anomaly(contradiction)]
  const body = isRepeated ? told(facts, next) : merged(facts, next)
  return isSame(facts, body) ? noted : [...noted, { kind: 'run', body }]
}
