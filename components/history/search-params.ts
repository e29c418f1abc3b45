import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'
import { statusGroups } from './filter'

export const runPeriods = ['all', 'day', 'week', 'month'] as const
export type RunPeriod = (typeof runPeriods)[number]

/** Everything about the list of runs that belongs to its address. */
export const historyParams = {
  search: parseAsString.withDefault(''),
  status: parseAsArrayOf(parseAsStringLiteral(statusGroups)).withDefault([]),
  period: parseAsStringLiteral(runPeriods).withDefault('all'),
}
