import type { Finding, FindingId } from './finding'
import { findingOf } from './rules'

/** One rule that speaks about one pod. Hits of equal rule and detail become one finding. */
export type Hit = { id: FindingId; detail: string; podName: string }

/** Gathers hits into findings, in the order in which rules first spoke. */
export const gather = (hits: readonly Hit[]): Finding[] => {
  const groups = new Map<string, { hit: Hit; names: Set<string> }>()
  for (const hit of hits) {
    const key = `${hit.id}\n${hit.detail}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { hit, names: new Set([hit.podName]) })
    else known.names.add(hit.podName)
  }
  return [...groups.values()].map(({ hit, names }) => findingOf(hit.id, hit.detail, [...names]))
}
