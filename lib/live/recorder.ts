import 'server-only'
import type { PartProblem } from '@/lib/contract/problem'
import type { Database } from '@/lib/db/client'
import { appendChanges, findRunById, type RunPatch } from '@/lib/db/queries/runs'
import type { NewRunChange, RunChange } from '@/lib/domain/progress/change'
import { applyChanges, countsOf, isRunOver, type RunState } from '@/lib/domain/progress/state'
import type { LiveLog } from './log'
import { problemOf } from './problem'
import type { Timers } from './timers'

export type SeenChange = NewRunChange & { atMs?: number }

export type Recorder = {
  /** What was seen so far, stored or not. */
  state: () => RunState
  /**
   * Numbers and keeps what a reading added, as seen at its `atMs`, else now; `known` are columns that the changes do
   * not hold. Never waits.
   */
  record: (changes: readonly SeenChange[], known?: RunPatch) => void
  /** The last change that is in the database. */
  storedSeq: () => number
  /** Resolves when all that was recorded is stored, or the recorder is closed. */
  settled: () => Promise<void>
  /** Why the database does not take the changes; null while it does. */
  problem: () => PartProblem | null
  close: () => void
}

type RecorderOptions = {
  db: Database
  runId: number
  epoch: number
  state: RunState
  /** The run's row says that it is over. */
  wasOver: boolean
  timers: Timers
  log: LiveLog
  /** Changes that are in the database. */
  onStored: (changes: readonly RunChange[]) => void
  /** The run has passed to another process: nothing may be written any more. */
  onLost: () => void
}

/** How often a run's row says when it was last read, while nothing changes. */
export const touchEveryMs = 10_000
const retryMs = 1_000

const endOf = ({ facts, lastAtMs }: RunState): number | null => facts?.completedAtMs ?? facts?.stoppedAtMs ?? facts?.erredAtMs ?? lastAtMs

/** What goes with a record that is opened again: the copy of a token went with the end, and nobody has agreed to another. */
const reopened: RunPatch = { isKept: false, sealedToken: null }

const patchOf = (state: RunState): RunPatch => {
  const { facts } = state
  if (facts === null) return {}
  const { status, currentBatch, numOfBatches } = facts
  const end = isRunOver(state) ? endOf(state) : null
  return { status, currentBatch, numOfBatches, counts: countsOf(state), endedAt: end === null ? null : new Date(end), ...(end === null ? {} : { sealedToken: null }) }
}

/**
 * Writes a run's changes, each once and in order. While the database is away they are kept in memory and
 * written when it is back; viewers are told of a change only once it is stored, because a stream resumes
 * from the database.
 */
export const createRecorder = ({ db, runId, epoch, timers, log, onStored, onLost, ...start }: RecorderOptions): Recorder => {
  let state = start.state
  let unsaved: RunChange[] = []
  let known: RunPatch = {}
  let isToReopen = start.wasOver
  let isDirty = false
  let isSaving = false
  let isClosed = false
  let isInDoubt = false
  let savedAtMs = 0
  let storedSeq = start.state.seq
  let problem: PartProblem | null = null
  let cancelRetry = () => {}
  const waiters: (() => void)[] = []

  const release = () => {
    for (const resolve of waiters.splice(0)) resolve()
  }
  const drop = (upTo: number) => {
    const stored = unsaved.filter(({ seq }) => seq <= upTo)
    storedSeq = Math.max(storedSeq, upTo)
    unsaved = unsaved.filter(({ seq }) => seq > upTo)
    if (stored.length > 0) onStored(stored)
  }
  const close = () => {
    isClosed = true
    cancelRetry()
    release()
  }

  /** A write that failed may have been committed all the same: the row says how far it came. */
  const resolveDoubt = async () => {
    const row = await findRunById(db, runId)
    if (row !== null && row.leaseEpoch === epoch) {
      drop(row.seq)
      isToReopen &&= row.endedAt !== null
    }
    isInDoubt = false
  }

  const saveOnce = async () => {
    if (isInDoubt) await resolveDoubt()
    const changes = unsaved
    isDirty = false
    // Consent to a copy that is given once it is open is not undone by later writes.
    const isReopened = isToReopen && !isRunOver(state)
    const isOurs = await appendChanges(db, { runId, epoch, afterSeq: storedSeq, changes, patch: { ...known, ...patchOf(state), ...(isReopened ? reopened : {}) } })
    if (!isOurs) {
      close()
      return onLost()
    }
    savedAtMs = timers.now()
    problem = null
    if (isReopened) isToReopen = false
    drop(changes.at(-1)?.seq ?? 0)
  }

  const save = async () => {
    if (isSaving || isClosed) return
    isSaving = true
    cancelRetry()
    try {
      while (isDirty && !isClosed) await saveOnce()
      release()
    } catch (error) {
      isDirty = true
      isInDoubt = true
      problem = problemOf(error)
      log.warn({ runId, code: problem.code, unsaved: unsaved.length }, 'a record could not be written and is kept in memory')
      cancelRetry = timers.after(retryMs, () => void save())
    } finally {
      isSaving = false
    }
  }

  const stamp = (changes: readonly SeenChange[]): RunChange[] => {
    // The host's clock may jump back; the order within a run is by number, and its times agree with it.
    let lastMs = state.lastAtMs ?? 0
    return changes.map((change, index) => {
      lastMs = Math.max(lastMs, change.atMs ?? timers.now())
      return { ...change, seq: state.seq + index + 1, atMs: lastMs } as RunChange
    })
  }

  return {
    state: () => state,
    storedSeq: () => storedSeq,
    record: (changes, given = {}) => {
      if (isClosed) return
      const stamped = stamp(changes)
      state = applyChanges(state, stamped)
      unsaved = [...unsaved, ...stamped]
      known = { ...known, ...given }
      const isTouchDue = timers.now() - savedAtMs >= touchEveryMs
      isDirty ||= stamped.length > 0 || isTouchDue
      void save()
    },
    settled: () => (isClosed || (!isDirty && !isSaving) ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    problem: () => problem,
    close,
  }
}
