import 'server-only'
import type { LaunchRequest } from '@/lib/contract/launch'
import type { LaunchRow } from '@/lib/db/queries/launches'
import { AppError } from '@/lib/errors'
import type { DiscoveredNode } from '@/lib/spot/schemas/discovery'

const mostNamed = 200
const mostInSentence = 3

const list = (names: readonly string[]): string => {
  const rest = names.length - mostInSentence
  return `${names.slice(0, mostInSentence).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** Refuses a selection of which something is no longer offered for migration, naming what is gone. */
export const requireSelection = ({ nodeNames = [], nodePoolNames = [] }: LaunchRequest, discovered: readonly DiscoveredNode[]): void => {
  const areNodes = nodeNames.length > 0
  const offered = new Set(discovered.map(({ nodeName, nodePoolName }) => (areNodes ? nodeName : nodePoolName)))
  const selected = areNodes ? nodeNames : nodePoolNames
  const gone = selected.filter((name) => !offered.has(name))
  if (gone.length === 0) return
  const what = areNodes ? (selected.length === 1 ? 'node' : 'nodes') : selected.length === 1 ? 'node pool' : 'node pools'
  throw new AppError('selection_changed', {
    detail: `${gone.length} of ${selected.length} selected ${what} can no longer be migrated: ${list(gone)}. Nothing was started. Take them out and review the plan again.`,
    facts: { [areNodes ? 'nodeNames' : 'nodePoolNames']: gone.slice(0, mostNamed) },
  })
}

const elsewhere = 'outside Slipway'

export const runInTheWay = (migrationId: string, startedBy: string | null): AppError =>
  new AppError('migration_in_progress', {
    detail: `Migration ${migrationId}, started ${startedBy === null ? elsewhere : `by ${startedBy}`}, is on in this cluster. Wait until it ends, or stop it.`,
    facts: { migrationId, ...(startedBy === null ? {} : { startedBy }) },
  })

/** Another launch holds the cluster and has no migration yet. */
export const launchInTheWay = ({ id, displayName, state }: LaunchRow): AppError => {
  const facts = { launchId: id, startedBy: displayName }
  if (state === 'unknown')
    return new AppError('launch_unknown', { detail: `Spot has not said what became of the launch by ${displayName}. It is being looked up; nothing else is started in this cluster until that is known.`, facts })
  return new AppError('migration_in_progress', { detail: `${displayName} is starting a migration in this cluster at this moment.`, facts })
}
