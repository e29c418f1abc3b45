import type { Agenda } from './agenda'
import type { Placement } from './placement'
import type { Random } from './random'
import type { Happening, Severity, TwinAction, TwinMs, TwinNode, TwinRun, TwinState, TwinSwitches, Workload } from './types'

/** A node asked of the cloud. `node` is null where there is not even a group to ask in. */
export type Launch = {
  runId: string | null
  node: TwinNode | null
  /** Why it will not come, null when it will. */
  failure: 'limit' | 'no-capacity' | 'no-spot' | 'unhealthy' | 'no-group' | null
  /** Old nodes whose pods are meant for it. */
  oldNodes: Set<string>
}

/** The part of a run that its state does not show: who waits for what in the batch under way. */
export type RunWork = {
  /** Nodes of the batch without an outcome. */
  open: Set<string>
  /** For each old node, the launches it waits for. */
  waits: Map<string, { left: number; hasFailed: boolean }>
  /** Nodes asked for, awaited and not got, by pool, over the whole run. */
  pools: Map<string, { vngId: string; asked: number; awaited: number; lost: number }>
  /** Ids of pods that the run has set free and that have not run since. */
  displaced: Set<string>
  /** When the last node of the batch got its outcome. */
  drainedAtMs: TwinMs | null
  hasToppedUp: boolean
  /** Drained nodes that go after the last batch. */
  toRemove: string[]
  /** Drained nodes that the cloud is deleting. */
  terminating: Set<string>
}

export const newRunWork = (): RunWork => ({
  open: new Set(),
  waits: new Map(),
  pools: new Map(),
  displaced: new Set(),
  drainedAtMs: null,
  hasToppedUp: false,
  toRemove: [],
  terminating: new Set(),
})

/** What the parts of the engine work with. `emit` is the only way to change the state. */
export type Engine = {
  state: TwinState
  random: Random
  switches: TwinSwitches
  agenda: Agenda
  placement: Placement
  emit: (happening: Happening) => void
  /** Plans an action `delayMs` from now. */
  after: (delayMs: number, action: TwinAction) => void
  work: Map<string, RunWork>
  launches: Map<number, Launch>
  /** Nodes asked for that the cluster does not have yet. */
  coming: { names: Set<string>; byVng: Map<string, number>; milliCpu: number; memoryMiB: number }
  /** DaemonSets: every node that joins gets a pod of each. */
  daemons: Workload[]
  nextLaunchId: number
  isRetryPlanned: boolean
  /** Outside runs Ocean asks for no node before this. */
  scaleUpNotBeforeMs: TwinMs
  /** Since when Ocean's nodes without pods have been seen so. */
  idleSince: Map<string, TwinMs>
}

export const say = (engine: Engine, severity: Severity, message: string, resourceId: string | null = null) =>
  engine.emit({ kind: 'log', severity, message, resourceId })

/** `Migration scr-1`, `Roll scr-2`. */
export const titleOf = ({ id, rollScope }: Pick<TwinRun, 'id' | 'rollScope'>): string => `${rollScope === null ? 'Migration' : 'Roll'} ${id}`

/** `1 node`, `2 nodes`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
