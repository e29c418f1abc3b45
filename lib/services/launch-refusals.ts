import 'server-only'
import type { Hold } from '@/lib/contract/holds'
import type { LaunchRequest } from '@/lib/contract/launch'
import type { LaunchState } from '@/lib/contract/launch-answer'
import type { LaunchRow } from '@/lib/db/queries/launches'
import { createHoldFinder, holdReasonOf } from '@/lib/domain/holds/covering'
import { AppError } from '@/lib/errors'
import type { DiscoveredNode } from '@/lib/spot/schemas/discovery'

const mostNamed = 200
const mostInSentence = 3

const list = (names: readonly string[]): string => {
  const rest = names.length - mostInSentence
  return `${names.slice(0, mostInSentence).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

type Selection = Pick<LaunchRequest, 'nodeNames' | 'nodePoolNames'>

/** What was selected: nodes, or whole pools. */
const selectionOf = ({ nodeNames = [], nodePoolNames = [] }: Selection) => {
  const areNodes = nodeNames.length > 0
  const names = areNodes ? nodeNames : nodePoolNames
  const one = areNodes ? 'node' : 'node pool'
  return {
    names,
    areNodes,
    words: `${names.length} selected ${names.length === 1 ? one : `${one}s`}`,
    nameOf: ({ nodeName, nodePoolName }: DiscoveredNode) => (areNodes ? nodeName : nodePoolName),
    factsOf: (affected: readonly string[]) => ({ [areNodes ? 'nodeNames' : 'nodePoolNames']: affected.slice(0, mostNamed) }),
  }
}

/** Refuses a selection of which something is no longer offered for migration, naming what is gone. */
export const requireSelection = (request: Selection, discovered: readonly DiscoveredNode[]): void => {
  const { names, words, nameOf, factsOf } = selectionOf(request)
  const offered = new Set(discovered.map(nameOf))
  const gone = names.filter((name) => !offered.has(name))
  if (gone.length === 0) return
  throw new AppError('selection_changed', {
    detail: `${gone.length} of ${words} can no longer be migrated: ${list(gone)}. Nothing was started. Take them out and review the plan again.`,
    facts: factsOf(gone),
  })
}

/** Refuses a selection that people hold part of: nodes by their own hold or their pool's, pools also by that of one node in them. */
export const requireUnheld = (request: Selection, discovered: readonly DiscoveredNode[], holds: readonly Hold[]): void => {
  const { names, areNodes, words, nameOf, factsOf } = selectionOf(request)
  const selected = new Set(names)
  const holdsOf = createHoldFinder(holds)
  const found = discovered.flatMap((node) => {
    const [hold] = selected.has(nameOf(node)) ? holdsOf({ nodeName: node.nodeName, poolName: node.nodePoolName }) : []
    return hold === undefined ? [] : [{ node, hold }]
  })
  const held = [...new Set(found.map(({ node }) => nameOf(node)))]
  const reason = holdReasonOf(found.slice(0, 1).map(({ hold }) => hold))
  if (reason === undefined) return
  const within = areNodes ? '' : ` Held in ${held.length === 1 ? 'it' : 'them'}: ${list(found.map(({ node }) => node.nodeName))}.`
  throw new AppError('selection_held', {
    detail: `${held.length} of ${words} ${held.length === 1 ? 'is' : 'are'} held: ${list(held)}.${within} ${found.length === 1 ? 'The reason' : 'The first reason'}: ${reason}. Nothing was started. Leave out what is held, or release it.`,
    facts: factsOf(held),
  })
}

const elsewhere = 'outside Slipway'

export const runInTheWay = (migrationId: string, startedBy: string | null): AppError =>
  new AppError('migration_in_progress', {
    detail: `Migration ${migrationId}, started ${startedBy === null ? elsewhere : `by ${startedBy}`}, is on in this cluster. Wait until it ends, or stop it.`,
    facts: { migrationId, ...(startedBy === null ? {} : { startedBy }) },
  })

const openWords = { pending: 'its launch is on its way', sent: 'its launch is on its way', unknown: 'its launch is being looked up' } as const
const settledWords = { acked: 'it was started', rejected: 'Spot refused it', not_found: 'Spot’s list does not show it' } as const
const outcomes: Record<LaunchState, string> = { ...openWords, ...settledWords }

const becameOf = ({ migrationId, state }: LaunchRow): string => (migrationId === null ? outcomes[state] : `it became ${migrationId}`)

/** The key belongs to a launch of something else: to give that one as the answer would hide that this one was not started. */
export const keyOfAnother = (row: LaunchRow): AppError => {
  const { id, displayName, migrationId, state } = row
  const first = state in openWords ? 'Wait until its outcome is known' : 'Look at the runs of the cluster'
  return new AppError('launch_key_used', {
    detail: `This page has sent a launch before, with other nodes or options: ${becameOf(row)}. Nothing was started now. ${first}, then press the button again if this plan is to be a migration of its own.`,
    facts: { launchId: id, startedBy: displayName, ...(migrationId === null ? {} : { migrationId }) },
  })
}

/** The plan has its migration. Another one of the same nodes is a plan of its own. */
export const planLaunched = (row: LaunchRow): AppError =>
  new AppError('plan_launched', {
    detail: `${row.displayName === '' ? 'Somebody' : row.displayName} has launched this plan: ${becameOf(row)}. Nothing was started now. Plan again if the nodes are to be migrated once more.`,
    facts: { launchId: row.id, startedBy: row.displayName, ...(row.migrationId === null ? {} : { migrationId: row.migrationId }) },
  })

/** Another launch holds the cluster and has no migration yet. */
export const launchInTheWay = ({ id, displayName, state }: LaunchRow): AppError => {
  const facts = { launchId: id, startedBy: displayName }
  if (state === 'unknown')
    return new AppError('launch_unknown', { detail: `Spot has not said what became of the launch by ${displayName}. It is being looked up; nothing else is started in this cluster until that is known.`, facts })
  return new AppError('migration_in_progress', { detail: `${displayName} is starting a migration in this cluster at this moment.`, facts })
}
