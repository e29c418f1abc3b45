import { parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'

export const runTabs = ['nodes', 'pods', 'capacity', 'log', 'options'] as const
export type RunTab = (typeof runTabs)[number]

/** Everything about a run's page that belongs to its address. */
export const runParams = {
  tab: parseAsStringLiteral(runTabs).withDefault('nodes'),
  search: parseAsString.withDefault(''),
  /** Only nodes that were skipped, failed, or are in a state this build does not know. */
  attention: parseAsBoolean.withDefault(false),
  /** The node whose details are open. */
  node: parseAsString,
  /** Replay: milliseconds after the beginning of the recording. */
  at: parseAsInteger,
}

/** What belongs to the address of a report. */
export const reportParams = { names: parseAsStringLiteral(['hidden'] as const) }

/** Which two runs are compared, and whether only nodes that ended differently are listed. */
export const compareParams = {
  a: parseAsString.withDefault(''),
  b: parseAsString.withDefault(''),
  differs: parseAsBoolean.withDefault(false),
}
