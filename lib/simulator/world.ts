import type { TokenInput } from './admin-types'
import { createFleet, type FleetOptions, type SimulatedCluster } from './fleet'
import { createPast } from './past'
import { scenarios } from './scenarios/table'
import type { Anchor, Deed, Entry } from './state/entries'
import { StateError } from './state/state-error'
import { createTwinClock, type Now } from './twin-clock'
import type { WireInput } from './wire-input'

export type { SimulatedCluster } from './fleet'

/** All that the simulator holds: clusters by id, its clock, and the way from twin time to wall time. */
export type World = {
  clusters: Map<string, SimulatedCluster>
  /** A new and empty cluster. */
  addCluster: (accountId: string, name: string, region: string) => SimulatedCluster
  removeCluster: (clusterId: string) => void
  /** Which of the vendor's contradicting shapes are sent. */
  wire: Wire
  setWire: (input: WireInput) => void
  /** Tokens that were taken away. */
  revoked: ReadonlySet<string>
  setToken: (input: TokenInput) => void
  setSpeed: (speed: number) => void
  /** Puts the server's clock wrong by so much: every stamp and date that it sends. Delays and limits go by the right time. */
  setClockOffset: (ms: number) => void
  /** Lets the twins catch up with the clock. */
  advance: () => void
  /** Moves every twin on by so many milliseconds of twin time, at once. */
  skip: (twinMs: number) => void
  /** RFC 3339 text of a twin time on the server's clock. */
  stamp: (twinMs: number) => string
  /** Epoch milliseconds of a twin time, by the right time. */
  wallOf: (twinMs: number) => number
  /** Epoch milliseconds on the server's clock. */
  shownMs: Now
  /** Epoch milliseconds. */
  nowMs: Now
  /** The world as it was so many milliseconds ago, to be read only. Its stamps are those of now. */
  ago: (ms: number) => World
}

type Wire = Required<WireInput>

export type WorldOptions = FleetOptions & { speed: number; now: Now }

/** What went before: the clock's first stretch, and all that was done since. */
export type Earlier = { start: Anchor; entries: readonly Entry[] }

const dayMs = 86_400_000
/** Time in which nobody ran it counts up to here: a run is long over by then, and a start must not take minutes. */
const caughtUpMs = 30 * dayMs

const defaultWire = (): Wire => ({
  progressKey: 'migrationProgress',
  isPercentageInside: false,
  scaleStatusKey: 'migrationStatus',
  statusCase: 'upper',
  restrictedAs: 'DID_NOT_REPLACE',
  runsKeptDays: null,
  runStatusAs: {},
  nodeStatusAs: {},
  isRunGroupLeftOut: false,
  matchKey: 'virtualNodeGroupId',
  isMatchLeftOut: false,
})

const twinTimeOf = (entry: Entry): number => ('atMs' in entry ? entry.atMs : entry.kind === 'clock' ? entry.anchor.twinMs : 0)

/**
 * The world of these options, with all that was done to it before. What is done from now on goes to `keep`,
 * too. Throws StateError when what was done then comes out differently now.
 */
export const createWorld = ({ now, speed, ...options }: WorldOptions, { start, entries }: Earlier, keep: (entry: Entry) => void): World => {
  const deeds: Deed[] = []
  let isReplay = true
  const fleet = createFleet(options, (deed) => {
    deeds.push(deed)
    if (!isReplay) keep(deed)
  })
  const past = createPast(options, deeds)
  const clock = createTwinClock(now, start)
  const wire: Wire = { ...defaultWire(), ...scenarios[options.scenario].wire }
  const revoked = new Set<string>()
  let offsetMs = 0

  const change = (entry: Exclude<Entry, Deed>): void => {
    if (entry.kind === 'wire') Object.assign(wire, entry.input)
    else if (entry.kind === 'clock') clock.add(entry.anchor)
    else if (entry.input.isRevoked) revoked.add(entry.input.token)
    else revoked.delete(entry.input.token)
  }
  const record = (entry: Exclude<Entry, Deed>): void => {
    change(entry)
    keep(entry)
  }
  const stretch = (twinMs: number, nextSpeed: number) => record({ kind: 'clock', anchor: { wallMs: now(), twinMs, speed: nextSpeed } })

  const redo = (deed: Deed): void => {
    const result = fleet.carryOut(deed)
    if (deed.kind === 'command' && deed.result !== result)
      throw new StateError('What was done in the kept state comes out differently now: another version of the simulator wrote it. Give another file with --state.')
  }
  const replay = (): void => {
    for (const entry of entries) {
      if ('atMs' in entry) redo(entry)
      else change(entry)
    }
    isReplay = false
    const lastMs = entries.reduce((latest, entry) => Math.max(latest, twinTimeOf(entry)), start.twinMs)
    const reachedMs = clock.twinNow()
    const goOnMs = Math.min(Math.max(reachedMs, lastMs), lastMs + caughtUpMs)
    if (goOnMs !== reachedMs || speed !== clock.speed()) stretch(goOnMs, speed)
  }
  replay()

  const advance = () => fleet.advance(clock.twinNow())
  const world: World = {
    clusters: fleet.clusters,
    addCluster: (accountId, name, region) => {
      const clusterId = fleet.freshId()
      fleet.carryOut({ kind: 'add-cluster', atMs: clock.twinNow(), clusterId, accountId, name, region })
      return fleet.clusters.get(clusterId) as SimulatedCluster
    },
    removeCluster: (clusterId) => void fleet.carryOut({ kind: 'remove-cluster', atMs: clock.twinNow(), clusterId }),
    wire,
    setWire: (input) => record({ kind: 'wire', input }),
    revoked,
    setToken: (input) => record({ kind: 'token', input }),
    setSpeed: (next) => {
      advance()
      stretch(clock.twinNow(), next)
    },
    setClockOffset: (ms) => {
      offsetMs = ms
    },
    advance,
    skip: (twinMs) => {
      stretch(clock.twinNow() + twinMs, clock.speed())
      advance()
    },
    stamp: (twinMs) => new Date(Math.round(clock.wallOf(twinMs) + offsetMs)).toISOString(),
    wallOf: clock.wallOf,
    shownMs: () => now() + offsetMs,
    nowMs: now,
    ago: (ms) => ({ ...world, clusters: past(clock.twinAt(now() - ms)) }),
  }
  return world
}
