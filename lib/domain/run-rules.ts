/**
 * What may be done in which status, as tables. The twin and the screens share these and nothing else.
 * Source: Spot API, "Get Migration" (enums of `status` and `oldNodes[].status`), and the user guide's
 * "Workload migration" for the meaning of each. Values outside the tables occur and are kept verbatim.
 */

type RunRule = { isFinal: boolean; canStop: boolean; label: string }

/** Not a word of Spot's: the record of a run that Spot no longer knows ends with it. */
export const deletedStatus = 'DELETED'

const runRules: Record<string, RunRule> = {
  IN_PROGRESS: { isFinal: false, canStop: true, label: 'In progress' },
  COMPLETED: { isFinal: true, canStop: false, label: 'Completed' },
  PARTLY_COMPLETED: { isFinal: true, canStop: false, label: 'Partly completed' },
  FAILED: { isFinal: true, canStop: false, label: 'Failed' },
  STOPPED: { isFinal: true, canStop: false, label: 'Stopped' },
  [deletedStatus]: { isFinal: true, canStop: false, label: 'Deleted in Spot' },
}

export const runStatuses = ['IN_PROGRESS', 'COMPLETED', 'PARTLY_COMPLETED', 'FAILED', 'STOPPED'] as const
export type RunStatus = (typeof runStatuses)[number]

/** What happened to a node, in the words of the ledger. `unknown` is a status outside the vendor's list, or an end that was not told. */
export const outcomes = ['moved', 'moving', 'toGo', 'skipped', 'failed', 'untouched', 'unknown'] as const
export type Outcome = (typeof outcomes)[number]

type NodeRule = { outcome: Outcome; isFinal: boolean; countsAsHealthy: boolean; label: string }

const nodeRules: Record<string, NodeRule> = {
  TO_BE_REPLACED: { outcome: 'toGo', isFinal: false, countsAsHealthy: false, label: 'To be migrated' },
  IN_PROGRESS: { outcome: 'moving', isFinal: false, countsAsHealthy: false, label: 'In progress' },
  REPLACED: { outcome: 'moved', isFinal: true, countsAsHealthy: true, label: 'Moved' },
  COULD_NOT_BE_REPLACED: { outcome: 'failed', isFinal: true, countsAsHealthy: false, label: 'Failed' },
  NOT_REPLACED_DUE_TO_PDB: { outcome: 'skipped', isFinal: true, countsAsHealthy: true, label: 'Skipped by PDB' },
  // Documented for rolls and absent from both enums; migrations take the option, so it is expected.
  NOT_REPLACED_DUE_TO_RSD: { outcome: 'skipped', isFinal: true, countsAsHealthy: true, label: 'Skipped by restrict scale down' },
  DID_NOT_REPLACE: { outcome: 'untouched', isFinal: true, countsAsHealthy: false, label: 'Not migrated' },
}

export const nodeStatuses = [
  'TO_BE_REPLACED',
  'IN_PROGRESS',
  'REPLACED',
  'COULD_NOT_BE_REPLACED',
  'NOT_REPLACED_DUE_TO_PDB',
  'NOT_REPLACED_DUE_TO_RSD',
  'DID_NOT_REPLACE',
] as const
export type NodeStatus = (typeof nodeStatuses)[number]

// The vendor's own examples differ in case from its enums.
const runRule = (status: string): RunRule | undefined => runRules[status.toUpperCase()]
const nodeRule = (status: string): NodeRule | undefined => nodeRules[status.toUpperCase()]

/** True when the run can no longer change. A status outside the list is never final. */
export const isFinalRun = (status: string): boolean => runRule(status)?.isFinal ?? false

/** True when Spot calls the run over: by its word, or, where that is outside the list, by an end that it names. */
export const hasEnded = (status: string, endedAtMs: number | null): boolean => runRule(status)?.isFinal ?? endedAtMs !== null

/** True when the node's outcome can no longer change within the run. */
export const isFinalNode = (status: string): boolean => nodeRule(status)?.isFinal ?? false

/** What the node's status means for the ledger. */
export const outcomeOf = (status: string): Outcome => nodeRule(status)?.outcome ?? 'unknown'

const isOpen: ReadonlySet<Outcome> = new Set(['moving', 'toGo'])

/** True for a node of a run that is over whose own end Spot did not tell: it waited or was moving by the last word on it. */
export const hasNoEnd = (status: string, isOver: boolean): boolean => isOver && isOpen.has(outcomeOf(status))

/** What the node's status means within its run: once that is over, nothing is to go or on its way. */
export const outcomeWithin = (status: string, isOver: boolean): Outcome => (hasNoEnd(status, isOver) ? 'unknown' : outcomeOf(status))

/** True when the vendor counts the node towards the healthy percentage of its batch. */
export const countsAsHealthy = (status: string): boolean => nodeRule(status)?.countsAsHealthy ?? false

/** The word for a run status; an unknown one is shown verbatim, marked as unknown. */
export const runLabel = (status: string): string => runRule(status)?.label ?? `Unknown (${status})`

/** How a run ended, within a sentence. */
export const endWords = (status: string): string => runRule(status)?.label.toLowerCase() ?? `Spot calls it ${status}`

/** The word for a node status; an unknown one is shown verbatim, marked as unknown. */
export const nodeLabel = (status: string): string => nodeRule(status)?.label ?? `Unknown (${status})`

/** What a person may do with a run in this status. An unknown status may be a live one, so it can be stopped. */
export const can = {
  stop: (status: string): boolean => runRule(status)?.canStop ?? true,
} as const
