import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'
import { patchForms } from './patches/patch'

const texts = parseAsArrayOf(parseAsString).withDefault([])

/** Everything about the workloads page that belongs to its address. */
export const workloadsParams = {
  search: parseAsString.withDefault(''),
  namespaces: texts,
  kinds: texts,
  findings: texts,
  /** The key of the workload whose details are open. */
  workload: parseAsString,
  form: parseAsStringLiteral(patchForms).withDefault('kubectl'),
}
