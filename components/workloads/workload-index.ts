import type { ReadinessAnswer } from '@/lib/contract/readiness'
import type { KubeKind } from '@/lib/domain/kube-facts'
import { severities, type Finding } from '@/lib/domain/readiness/finding'

type Row = ReadinessAnswer['workloads'][number]

/** A workload with what the screen looks up again and again already joined to it. */
export type IndexedWorkload = Omit<Row, 'nodes' | 'findings'> & {
  /** Gravest first. */
  reasons: Finding[]
  nodeNames: string[]
  /** Names of the pools that its nodes are in, as far as they are known. */
  pools: string[]
  /** False while the budgets over its pods have not been read: none listed does not mean none there. */
  isBudgetRead: boolean
  /** Lower-case text that the search box looks through: kind, namespace, name and budgets. */
  haystack: string
}

const byGravity = (a: Finding, b: Finding) => severities.indexOf(a.severity) - severities.indexOf(b.severity)

const countOf = ({ reasons }: IndexedWorkload, severity: Finding['severity']) => reasons.filter((reason) => reason.severity === severity).length

/** Most blockers first, then most warnings, then most notes, then most pods; names decide last. */
const byWeight = (a: IndexedWorkload, b: IndexedWorkload): number => {
  for (const severity of severities) {
    const difference = countOf(b, severity) - countOf(a, severity)
    if (difference !== 0) return difference
  }
  return b.pods - a.pods || (a.key < b.key ? -1 : 1)
}

/** Kinds of which nothing was read, refused or not asked for yet. */
export const unreadKinds = ({ parts }: ReadinessAnswer['kubernetes']): ReadonlySet<KubeKind> => new Set(parts.flatMap(({ kind, readAtMs }) => (readAtMs === null ? [kind] : [])))

/** Joins the answer's shared lists to its workloads once, heaviest first. `poolOf` names the pool of a node. */
export const indexWorkloads = ({ workloads, nodes, findings, kubernetes }: ReadinessAnswer, poolOf: ReadonlyMap<string, string>): IndexedWorkload[] => {
  const isBudgetRead = !unreadKinds(kubernetes).has('pdbs')
  return workloads
    .map(({ nodes: nodePlaces, findings: findingPlaces, ...row }) => {
      const nodeNames = nodePlaces.flatMap((place) => nodes[place]?.nodeName ?? [])
      return {
        ...row,
        reasons: findingPlaces.flatMap((place) => findings[place] ?? []).sort(byGravity),
        nodeNames,
        isBudgetRead,
        pools: [...new Set(nodeNames.flatMap((name) => poolOf.get(name) ?? []))].sort(),
        haystack: `${row.kind} ${row.namespace}/${row.name} ${row.pdbs.map(({ name }) => name).join(' ')}`.toLowerCase(),
      }
    })
    .sort(byWeight)
}
