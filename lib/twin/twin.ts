import { act } from './act'
import { createAgenda } from './agenda'
import { execute } from './commands/execute'
import type { Engine } from './engine-context'
import { createPlacement } from './placement'
import { retrySoon } from './pods'
import { createRandom } from './random'
import { applyEvent, createState } from './state'
import { tendEveryMs } from './tend-groups'
import type { CommandValue, Happening, Outcome, Twin, TwinCommand, TwinEvent, TwinMs, TwinOptions, TwinState, TwinSwitches } from './types'

const dayMs = 86_400_000
/** Keeps the twin's numbers apart from those of a cluster generated with the same seed. */
const streamOfTwin = 0x7411_5eed

const defaultSwitches: TwinSwitches = {
  batchReading: 'M1',
  termination: 'when-drained',
  completion: 'all-healthy',
  secondRun: 'refused',
  isCordonedUpFront: false,
  cursedNodes: [],
  vngsWithoutCapacity: [],
  zonesWithoutCapacity: [],
  spotShortagePercentage: 6,
  incidents: [],
  cursedBatches: [],
  technicalTimeoutMs: null,
  isTerminationDenied: false,
  isUncordonDenied: false,
  isAutoscaled: true,
}

const hasLiveRun = ({ work }: Engine) => work.size > 0

/** The only way to change the state: the event is kept, applied, and the placement index follows. */
const createEmitter = (state: TwinState, placement: Engine['placement'], happened: TwinEvent[]) => (happening: Happening) => {
  const event: TwinEvent = { tMs: state.nowMs, ...happening }
  const freed = event.kind === 'pod-removed' ? (state.pods.get(event.podId)?.nodeName ?? null) : null
  happened.push(event)
  applyEvent(state, event)
  placement.follow(event)
  if (freed !== null) placement.touch(freed)
}

const createEngine = ({ spec, seed, switches }: TwinOptions, happened: TwinEvent[]): Engine => {
  const state = createState(spec)
  const placement = createPlacement(state)
  const agenda = createAgenda()
  return {
    state,
    random: createRandom(seed ^ streamOfTwin),
    switches: { ...defaultSwitches, ...switches },
    agenda,
    placement,
    emit: createEmitter(state, placement, happened),
    after: (delayMs, action) => agenda.add(state.nowMs + delayMs, action),
    work: new Map(),
    launches: new Map(),
    coming: { names: new Set(), byVng: new Map(), milliCpu: 0, memoryMiB: 0 },
    daemons: spec.workloads.filter(({ kind }) => kind === 'DaemonSet'),
    nextLaunchId: 1,
    isRetryPlanned: false,
    scaleUpNotBeforeMs: 0,
    idleSince: new Map(),
  }
}

/**
 * A twin of the cluster in `spec`. The same spec, seed, switches and commands at the same twin times give the
 * same events, byte for byte.
 */
export const createTwin = (options: TwinOptions): Twin => {
  const happened: TwinEvent[] = []
  const engine = createEngine(options, happened)
  const { state, agenda, switches } = engine
  engine.after(0, { kind: 'heartbeat' })
  engine.after(tendEveryMs, { kind: 'tend-groups' })
  retrySoon(engine)

  const step = (untilMs: TwinMs): boolean => {
    const next = agenda.takeUntil(untilMs)
    if (next === null) return false
    state.nowMs = Math.max(state.nowMs, next.tMs)
    act(engine, next.action)
    return true
  }
  const taken = () => happened.splice(0, happened.length)

  return {
    state,
    switches,
    get nowMs() {
      return state.nowMs
    },
    run: (untilMs) => {
      while (step(untilMs));
      state.nowMs = Math.max(state.nowMs, untilMs)
      return taken()
    },
    runToEnd: (limitMs = state.nowMs + 30 * dayMs) => {
      while (hasLiveRun(engine) && step(limitMs));
      return taken()
    },
    // `execute` answers each kind of command with the value that `CommandValue` names for it.
    command: <Command extends TwinCommand>(command: Command) => execute(engine, command) as Outcome<CommandValue<Command['kind']>>,
  }
}
