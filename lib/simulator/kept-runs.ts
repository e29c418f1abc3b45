import type { TwinRun } from '@/lib/twin/types'
import type { SimulatedCluster, World } from './world'

const dayMs = 86_400_000

const isKept = ({ wire, wallOf, nowMs }: World, { endedAtMs }: TwinRun): boolean =>
  wire.runsKeptDays === null || endedAtMs === null || nowMs() - wallOf(endedAtMs) <= wire.runsKeptDays * dayMs

/** The migrations, or the rolls, that the API still tells of, newest first. */
export const keptRuns = (world: World, { twin }: SimulatedCluster, kind: 'migration' | 'roll'): TwinRun[] =>
  [...twin.state.runs.values()]
    .filter((run) => (run.rollScope === null) === (kind === 'migration') && isKept(world, run))
    .sort((a, b) => b.createdAtMs - a.createdAtMs)

/** The one of an id; an id of the other kind, which looks alike, is unknown here. */
export const keptRun = (world: World, cluster: SimulatedCluster, kind: 'migration' | 'roll', id: string | undefined): TwinRun | null =>
  keptRuns(world, cluster, kind).find((run) => run.id === id) ?? null
