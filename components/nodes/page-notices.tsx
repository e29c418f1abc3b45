import { Findings } from '@/components/domain/findings'
import type { NodesAnswer } from '@/lib/contract/nodes'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import { spotGaps } from '@/lib/domain/readiness/facts-state'
import type { Finding } from '@/lib/domain/readiness/finding'

const clusterFindings = ({ cluster, findings }: ReadinessAnswer): Finding[] => cluster.flatMap((place) => findings[place] ?? [])

/** What is to be said of the cluster as a whole: what speaks against the facts first, then what was not read, then what was found. */
export const noticesOf = (nodes: NodesAnswer | undefined, checks: ReadinessAnswer | undefined, doubt: Finding | null): Finding[] => {
  const missing = spotGaps(Object.fromEntries((nodes?.problems ?? []).map(({ part, detail }) => [part, detail])))
  const all = [...(doubt === null ? [] : [doubt]), ...missing, ...(checks === undefined ? [] : clusterFindings(checks))]
  return [...new Map(all.map((finding) => [`${finding.id} ${finding.sentence}`, finding])).values()]
}

/** Findings about the cluster, above the table of its nodes. */
export const PageNotices = ({ findings }: { findings: readonly Finding[] }) =>
  findings.length === 0 ? null : (
    <section aria-label="About the cluster" className="mb-3 rounded bg-skipped-soft px-3 py-2.5">
      <Findings findings={findings} />
    </section>
  )
