import { createAgenda } from './agenda'
import { startRun, stopRun } from './commands'
import { meetDeadline, tryEviction } from './drain'
import type { Engine } from './engine-context'
import { createPlacement } from './placement'
import { createRandom } from './random'
import { removeNode, retryPending, retryPendingMs } from './pods'
import { endBatch, endRun, loseNode, startBatch, takeCapacity } from './run'
import { applyEvent, createState, type TwinSpec } from './state'
import type { Happening, Outcome, StartRunInput, TwinAction, TwinEvent, TwinMs, TwinRun, TwinState, TwinSwitches } from './types'

const heartbeatMs = 30_000

/** A cluster under migration: pure, seeded, without a clock of its own. */
export type Twin = {
  readonly state: TwinState
  readonly switches: TwinSwitches
  /** Everything that has happened so far, oldest first. */
  readonly events: readonly TwinEvent[]
  /** Lets time pass up to `untilMs` and returns what happened. Time never goes back. */
  run: (untilMs: TwinMs) => TwinEvent[]
  /** Lets time pass until no migration is on; gives up after `limitMs` of twin time. */
  runToEnd: (limitMs?: TwinMs) => TwinEvent[]
  startRun: (input: StartRunInput) => Outcome<TwinRun>
  stopRun: (runId: string) => Outcome<TwinRun>
  /** Writes something from outside into the record: a VNG edit, a silenced controller. */
  record: (happening: Happening) => void
  /** Takes a node away, as the cloud or a person might. */
  vanishNode: (nodeName: string) => void
}

export type TwinOptions = { spec: TwinSpec; seed: number; switches?: Partial<TwinSwitches> }

const defaultSwitches: TwinSwitches = { batchReading: 'M1', cursedNodes: [], vngsWithoutCapacity: [] }

const act = (engine: Engine, action: TwinAction): void => {
  const { state } = engine
  if (action.kind === 'heartbeat') return beat(engine)
  if (action.kind === 'pod-ready') {
    if (state.pods.get(action.podName)?.phase === 'starting') engine.emit(action)
    return
  }
  if (action.kind === 'remove-node') return removeNode(engine, action.nodeName)
  if (action.kind === 'retry-pending') {
    retryPending(engine)
    if (state.pending.size > 0) engine.after(retryPendingMs, action)
    return
  }
  const run = state.runs.get(action.runId)
  if (run) actOnRun(engine, run, action)
}

type RunAction = Extract<TwinAction, { runId: string }>

const actOnRun = (engine: Engine, run: TwinRun, action: RunAction): void => {
  switch (action.kind) {
    case 'start-batch':
      return startBatch(engine, run, action.batch)
    case 'capacity-arrives':
      return takeCapacity(engine, run, action.nodeName, action.replacement)
    case 'evict':
      return tryEviction(engine, run, action)
    case 'drain-deadline':
      return meetDeadline(engine, run, action.nodeName)
    case 'end-batch':
      return endBatch(engine, run, action.batch)
    case 'finish-stop':
      return run.status === 'IN_PROGRESS' ? endRun(engine, run, 'STOPPED') : undefined
  }
}

const beat = (engine: Engine): void => {
  if (!engine.state.isControllerSilent) engine.emit({ kind: 'heartbeat' })
  engine.after(heartbeatMs, { kind: 'heartbeat' })
}

const hasLiveRun = (state: TwinState): boolean => {
  for (const run of state.runs.values()) if (run.status === 'IN_PROGRESS') return true
  return false
}

const dayMs = 86_400_000

export const createTwin = ({ spec, seed, switches }: TwinOptions): Twin => {
  const state = createState(spec)
  const events: TwinEvent[] = []
  const agenda = createAgenda()
  const chosen: TwinSwitches = { ...defaultSwitches, ...switches }
  const emit = (happening: Happening) => {
    const event = { tMs: state.nowMs, ...happening } as TwinEvent
    events.push(event)
    applyEvent(state, event)
  }
  const engine: Engine = {
    state,
    random: createRandom(seed),
    switches: chosen,
    agenda,
    placement: createPlacement(state),
    progress: new Map(),
    emit,
    after: (delayMs, action) => agenda.add(state.nowMs + delayMs, action),
  }
  agenda.add(0, { kind: 'heartbeat' })

  const step = (untilMs: TwinMs): boolean => {
    const next = agenda.takeUntil(untilMs)
    if (next === null) return false
    state.nowMs = Math.max(state.nowMs, next.tMs)
    act(engine, next.action)
    return true
  }

  const run = (untilMs: TwinMs) => {
    const from = events.length
    while (step(untilMs));
    state.nowMs = Math.max(state.nowMs, untilMs)
    return events.slice(from)
  }

  const runToEnd = (limitMs = state.nowMs + 30 * dayMs) => {
    const from = events.length
    while (hasLiveRun(state) && step(limitMs));
    return events.slice(from)
  }

  const vanishNode = (nodeName: string) => {
    removeNode(engine, nodeName)
    for (const live of state.runs.values())
      if (live.status === 'IN_PROGRESS' && live.nodes.get(nodeName)?.status === 'IN_PROGRESS') loseNode(engine, live, nodeName)
  }

  return {
    state,
    switches: chosen,
    events,
    run,
    runToEnd,
    startRun: (input) => startRun(engine, input),
    stopRun: (runId) => stopRun(engine, runId),
    record: emit,
    vanishNode,
  }
}
