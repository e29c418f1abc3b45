import type { MigrationOptions } from '@/lib/spot/schemas/migration'
import type { FailureCause } from '../outcome/causes'
import { inNumber } from '@/lib/format/plural'
import { noEndRemedy } from '../outcome/headline'
import { hasNoEnd, outcomeOf } from '../run-rules'

export type RestCause = 'budget' | 'restricted' | 'failed' | 'half-done' | 'unseen' | 'untouched' | 'noEnd' | 'unknown'

/** Something that could make the next run end differently. `set` is an option of the whole new plan. */
type RestChange = {
  id: string
  label: string
  effect: string
  set: Partial<MigrationOptions>
  /** Only the first half of the group goes along. */
  isHalf?: true
}

/** Nodes of a run that did not move for one cause. */
export type RestGroup = {
  cause: RestCause
  nodeNames: string[]
  sentence: string
  /** What helps outside the plan. */
  outside: string
  /** Why the run ended before these were done, by the vendor's own words. */
  failure: FailureCause | null
  changes: RestChange[]
}

/** `isCordoned`: as Kubernetes showed it at the end of the run; null, or left out, where it was not read. */
type RestNode = { nodeName: string; status: string; startedAtMs: number | null; wasSettledAtFirst?: boolean; isHeldByPods?: boolean; isVanished?: boolean; isCordoned?: boolean | null }

/** The options of the run as far as they are known. */
type KnownOptions = { [Name in keyof MigrationOptions]: MigrationOptions[Name] | null }

type CauseText = Pick<RestGroup, 'sentence' | 'outside'>

const texts: Record<Exclude<RestCause, 'noEnd'>, CauseText> = {
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
    sentence: 'Begun, and nothing says that [it was|they were] finished when the run ended: some of [its|their] pods may have moved.',
    outside: 'Migrating [it|them] again finishes the work.',
  },
  unseen: {
    sentence: 'Not migrated. Whether [it was|they were] begun is not known: the run had given [it|them] up when Slipway first read it.',
    outside: 'Some of [its|their] pods may have moved. Migrating [it|them] again finishes the work.',
  },
  untouched: {
    sentence: 'Not begun: the run ended before [its|their] batch.',
    outside: 'Nothing stood in [its|their] way as far as the run tells.',
  },
  unknown: {
    sentence: 'In a state that Slipway does not know.',
    outside: 'Look at [this node|these nodes] in the Spot console before you take [it|them] along.',
  },
}

const textOf = (cause: RestCause, nodes: number): CauseText => {
  if (cause !== 'noEnd') return { sentence: inNumber(nodes, texts[cause].sentence), outside: inNumber(nodes, texts[cause].outside) }
  const { sentence, remedy } = noEndRemedy(nodes)
  return { sentence, outside: remedy }
}

const causeOf = ({ status, startedAtMs, wasSettledAtFirst, isHeldByPods, isVanished }: RestNode): RestCause | null => {
  const outcome = outcomeOf(status)
  if (outcome === 'moved' || isVanished) return null
  if (hasNoEnd(status, true)) return 'noEnd'
  if (outcome === 'skipped') return status.toUpperCase() === 'NOT_REPLACED_DUE_TO_RSD' ? 'restricted' : 'budget'
  if (outcome === 'failed' || outcome === 'unknown') return outcome
  if (isHeldByPods) return 'restricted'
  if (startedAtMs !== null) return 'half-done'
  return wasSettledAtFirst ? 'unseen' : 'untouched'
}

const mayBeCordoned: ReadonlySet<RestCause> = new Set(['half-done', 'unseen'])

/** Whether nodes that were begun still take no pods: as a possibility only where nobody read it. */
const cordonWords = (nodes: readonly RestNode[]): string => {
  const cordoned = nodes.filter(({ isCordoned }) => isCordoned === true).length
  if (nodes.some(({ isCordoned }) => isCordoned == null)) return inNumber(nodes.length, '[It|They] may still be cordoned.')
  if (cordoned === 0) return inNumber(nodes.length, '[It was|They were] not cordoned at the end.')
  return cordoned === nodes.length ? inNumber(cordoned, '[It was|They were] still cordoned at the end.') : inNumber(cordoned, `${cordoned} of them [was|were] still cordoned at the end.`)
}

const outsideOf = (cause: RestCause, nodes: readonly RestNode[]): string => {
  const { outside } = textOf(cause, nodes.length)
  return mayBeCordoned.has(cause) ? `${cordonWords(nodes)} ${outside}` : outside
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

const evictStandalone: RestChange = {
  id: 'evict-standalone',
  label: 'Take along and evict stand-alone pods',
  effect: 'A node that keeps a stand-alone pod is not replaced. Evicted, such pods are lost: nobody starts them again.',
  set: { shouldEvictStandalonePods: true },
}

const lowerHealth: RestChange = {
  id: 'lower-health',
  label: 'Take along with half the healthy percentage',
  effect: 'The run goes on where fewer nodes of a batch are healthy, and may leave more of them behind.',
  set: {},
}

const firstHalf: RestChange = {
  id: 'first-half',
  label: 'Take along the first half only',
  effect: 'A shorter run; the other half stays here for a plan of its own.',
  set: {},
  isHalf: true,
}

const lessHealthy = ({ batchMinHealthyPercentage }: KnownOptions): RestChange[] =>
  batchMinHealthyPercentage !== null && batchMinHealthyPercentage > 1 ? [{ ...lowerHealth, set: { batchMinHealthyPercentage: Math.max(1, Math.floor(batchMinHealthyPercentage / 2)) } }] : []

const halved = ({ batchSizePercentage }: KnownOptions): RestChange[] =>
  batchSizePercentage !== null && batchSizePercentage > 1 ? [{ ...smallBatches, set: { batchSizePercentage: Math.max(1, Math.floor(batchSizePercentage / 2)) } }] : []

/** What answers the cause that ended the run. Against the others no option of a plan helps. */
const answersTo = (failure: FailureCause | null, options: KnownOptions, nodes: number): RestChange[] => {
  if (failure?.id === 'no-capacity' || failure?.id === 'pods-unscheduled') return [...halved(options), ...lessHealthy(options)]
  return failure?.id === 'timeout' && nodes > 1 ? [firstHalf] : []
}

const isEndKnown = (cause: RestCause): boolean => cause !== 'noEnd' && cause !== 'unknown'

/** Only what the run did not already do. */
const changesFor = (cause: RestCause, { options, failure, nodes }: { options: KnownOptions; failure: FailureCause | null; nodes: number }): RestChange[] => {
  if (cause === 'budget') return options.respectPdb === false ? [] : [ignoreBudgets]
  if (cause === 'restricted') return options.respectRestrictScaleDown === false ? [] : [ignoreRestriction]
  if (!isEndKnown(cause)) return []
  const kept = cause !== 'untouched' && options.shouldEvictStandalonePods === false ? [evictStandalone] : []
  return [...kept, ...(cause === 'failed' && failure === null ? halved(options) : answersTo(failure, options, nodes))]
}

const endedWith = ({ sentence, remedy }: FailureCause) => `The run ended early: ${sentence} ${remedy}`

/** What ended the run is what left these behind; budgets and restrictions have reasons of their own. */
const isLeftByFailure: ReadonlySet<RestCause> = new Set(['failed', 'half-done', 'unseen', 'untouched'])

const order: readonly RestCause[] = ['budget', 'restricted', 'failed', 'half-done', 'unseen', 'untouched', 'noEnd', 'unknown']

/** What did not move in a run that is over, by cause, each with what would make a difference. Every node that did not move and is still there stands in exactly one group. `causes` are those that its log names. */
export const restOf = (nodes: readonly RestNode[], options: KnownOptions, causes: readonly FailureCause[] = []): RestGroup[] => {
  const [ended = null] = causes
  const found = new Map<RestCause, RestNode[]>()
  for (const node of nodes) {
    const cause = causeOf(node)
    if (cause === null) continue
    const members = found.get(cause)
    if (members) members.push(node)
    else found.set(cause, [node])
  }
  return order.flatMap((cause) => {
    const members = found.get(cause)
    if (members === undefined) return []
    const nodeNames = members.map(({ nodeName }) => nodeName)
    const failure = isLeftByFailure.has(cause) ? ended : null
    const { sentence } = textOf(cause, members.length)
    return [{ cause, nodeNames, sentence, outside: failure === null ? outsideOf(cause, members) : endedWith(failure), failure, changes: changesFor(cause, { options, failure, nodes: nodeNames.length }) }]
  })
}

/** What a person chose for a group: `leave-out`, `as-before`, or the id of one of its changes. */
export type RestChoice = string

/** The usual choice: what the run never tried or was cut short goes along, and what has no known end does not; the rest needs a decision or a change outside first. */
export const usualChoice = ({ cause }: Pick<RestGroup, 'cause'>): RestChoice => (isEndKnown(cause) ? 'as-before' : 'leave-out')

/** The names and options of the new plan. A change of one group holds for the whole plan, since a run has one set of options. */
export const restPlan = (groups: readonly RestGroup[], choices: ReadonlyMap<RestCause, RestChoice>): { nodeNames: string[]; set: Partial<MigrationOptions> } => {
  const taken = groups.map((group) => ({ group, choice: choices.get(group.cause) ?? usualChoice(group) })).filter(({ choice }) => choice !== 'leave-out')
  const chosen = taken.map(({ group, choice }) => ({ group, change: group.changes.find(({ id }) => id === choice) }))
  const changes = chosen.flatMap(({ change }) => change ?? [])
  const namesOf = ({ group: { nodeNames }, change }: (typeof chosen)[number]) => (change?.isHalf ? nodeNames.slice(0, Math.ceil(nodeNames.length / 2)) : nodeNames)
  return { nodeNames: chosen.flatMap(namesOf), set: Object.assign({}, ...changes.map(({ set }) => set)) as Partial<MigrationOptions> }
}
