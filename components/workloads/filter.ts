import type { IndexedWorkload } from './workload-index'

export type WorkloadsFilter = { search: string; namespaces: string[]; kinds: string[]; findings: string[] }

const within = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value)

/** Workloads that pass every filter. Words of the search are all required, in any order. */
export const filterWorkloads = (workloads: readonly IndexedWorkload[], { search, namespaces, kinds, findings }: WorkloadsFilter): IndexedWorkload[] => {
  const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return workloads.filter(
    ({ namespace, kind, reasons, haystack }) =>
      within(namespaces, namespace) && within(kinds, kind) && (findings.length === 0 || reasons.some(({ id }) => findings.includes(id))) && words.every((word) => haystack.includes(word)),
  )
}

export const isFiltered = ({ search, namespaces, kinds, findings }: WorkloadsFilter): boolean =>
  search.trim() !== '' || [namespaces, kinds, findings].some((chosen) => chosen.length > 0)
