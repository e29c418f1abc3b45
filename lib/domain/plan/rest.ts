import type { MigrationOptions } from '@/lib/spot/schemas/migration'
import { outcomeOf } from '../run-rules'

export type RestCause = 'budget' | 'restricted' | 'failed' | 'half-done' | 'untouched' | 'unknown'

/** Something that could make the next run end differently. `set` is an option of the whole new plan. */
type RestChange = {
  id: string
  label: string
  effect: string
  set: Partial<MigrationOptions>
}

/** Nodes of a run that did not move for one cause. */
export type RestGroup = {
  cause: RestCause
  nodeNames: string[]
  sentence: string
  /** What helps outside the plan. */
  outside: string
  changes: RestChange[]
}

type RestNode = { nodeName: string; status: string; startedAtMs: number | null }

/** The options of the run as far as they are known. */
type KnownOptions = { [Name in keyof MigrationOptions]: MigrationOptions[Name] | null }

type CauseText = Pick<RestGroup, 'sentence' | 'outside'>

const texts: Record<RestCause, CauseText> = {
  budget: {
    sentence: 'Skipped: a Pod Disruption Budget allowed no disruption before the draining timeout.',
    outside: 'Raise the replicas or the budget, or wait until its pods are healthy.',
  },
  restricted: {
    sentence: 'Skipped: a pod restricts scale down and the run respected that.',
    outside: 'Take the label or annotation off the pod.',
  },
  failed: {
    sentence: 'Failed: no healthy replacement took over, or the node could not be drained.',
    outside: 'Look at the log of the run and at the node’s match and group first; without a change it may fail again.',
  },
  'half-done': {
    sentence: 'Begun and not finished when the run ended: some of their pods may have moved.',
    outside: 'They may still be cordoned. Migrating them again finishes the work.',
  },
  untouched: {
    sentence: 'Not begun: the run ended before their batch.',
    outside: 'Nothing stood in their way as far as the run tells.',
  },
  unknown: {
    sentence: 'In a state that Slipway does not know.',
    outside: 'Look at these nodes in the Spot console before you take them along.',
  },
}

const causeOf = ({ status, startedAtMs }: RestNode): RestCause | null => {
  const outcome = outcomeOf(status)
  if (outcome === 'moved') return null
  if (outcome === 'skipped') return status.toUpperCase() === 'NOT_REPLACED_DUE_TO_RSD' ? 'restricted' : 'budget'
  if (outcome === 'failed' || outcome === 'unknown') return outcome
  return startedAtMs === null ? 'untouched' : 'half-done'
}

const ignoreBudgets: RestChange = {
  id: 'ignore-budgets',
  label: 'Take along and ignore budgets',
  effect: 'PDBs are not respected for any node of the new plan: a workload can lose all its replicas at the same time.',
  set: { respectPdb: false },
}

const ignoreRestriction: RestChange = {
  id: 'ignore-restriction',
  label: 'Take along and ignore restrict scale down',
  effect: 'No node of the new plan is skipped for a pod that restricts scale down.',
  set: { respectRestrictScaleDown: false },
}

const smallBatches: RestChange = {
  id: 'small-batches',
  label: 'Take along in batches half as large',
  effect: 'Fewer nodes wait for new capacity at the same time, and the run takes longer.',
  set: {},
}

const halved = ({ batchSizePercentage }: KnownOptions): RestChange[] =>
  batchSizePercentage !== null && batchSizePercentage > 1 ? [{ ...smallBatches, set: { batchSizePercentage: Math.max(1, Math.floor(batchSizePercentage / 2)) } }] : []

/** Only what the run did not already do. */
const changesFor = (cause: RestCause, options: KnownOptions): RestChange[] => {
  if (cause === 'budget') return options.respectPdb === false ? [] : [ignoreBudgets]
  if (cause === 'restricted') return options.respectRestrictScaleDown === false ? [] : [ignoreRestriction]
  if (cause === 'failed') return halved(options)
  return []
}

const order: readonly RestCause[] = ['budget', 'restricted', 'failed', 'half-done', 'untouched', 'unknown']

/** What did not move in a run that is over, by cause, each with what would make a difference. Every node that did not move stands in exactly one group. */
export const restOf = (nodes: readonly RestNode[], options: KnownOptions): RestGroup[] => {
  const found = new Map<RestCause, string[]>()
  for (const node of nodes) {
    const cause = causeOf(node)
    if (cause === null) continue
    const names = found.get(cause)
    if (names) names.push(node.nodeName)
    else found.set(cause, [node.nodeName])
  }
  return order.flatMap((cause) => {
    const nodeNames = found.get(cause)
    return nodeNames === undefined ? [] : [{ cause, nodeNames, ...texts[cause], changes: changesFor(cause, options) }]
  })
}

/** What a person chose for a group: `leave-out`, `as-before`, or the id of one of its changes. */
export type RestChoice = string

/** The usual choice: what the run never tried or was cut short goes along; the rest needs a decision or a change outside first. */
export const usualChoice = ({ cause }: Pick<RestGroup, 'cause'>): RestChoice => (cause === 'unknown' ? 'leave-out' : 'as-before')

/** The names and options of the new plan. A change of one group holds for the whole plan, since a run has one set of options. */
export const restPlan = (groups: readonly RestGroup[], choices: ReadonlyMap<RestCause, RestChoice>): { nodeNames: string[]; set: Partial<MigrationOptions> } => {
  const taken = groups.map((group) => ({ group, choice: choices.get(group.cause) ?? usualChoice(group) })).filter(({ choice }) => choice !== 'leave-out')
  const changes = taken.flatMap(({ group, choice }) => group.changes.filter(({ id }) => id === choice))
  return { nodeNames: taken.flatMap(({ group }) => group.nodeNames), set: Object.assign({}, ...changes.map(({ set }) => set)) as Partial<MigrationOptions> }
}
