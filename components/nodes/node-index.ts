import type { NodeRow, NodesAnswer } from '@/lib/contract/nodes'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import type { NodeMatch } from '@/lib/domain/matching/match'
import type { Finding } from '@/lib/domain/readiness/finding'
import { findingOf } from '@/lib/domain/readiness/rules'

/** A row with what the screen looks up again and again already joined to it. */
export type IndexedNode = NodeRow & {
  matchKey: string
  reasons: Finding[]
  /** Nothing of Kubernetes is among what was checked. */
  isSpotOnly: boolean
  /** Lower-case text that the search box looks through: names, size, labels and taints. */
  haystack: string
}

/** One word per match, for filters and groups: `default`, `none`, `not-said` or the id of the group. */
export const matchKeyOf = (match: NodeMatch): string => (match.kind === 'vng' ? match.vngId : match.kind)

const specTexts = (specs: NodesAnswer['specs']): string[] =>
  specs.map(({ labels, taints }) =>
    [...Object.entries(labels).map(([key, value]) => `${key}=${value}`), ...taints].join(' ').toLowerCase(),
  )

type Verdict = Pick<IndexedNode, 'readiness' | 'reasons'>

/** What the second answer says of each node, by name. */
const verdictsOf = ({ nodes, findings }: ReadinessAnswer): ReadonlyMap<string, Verdict> =>
  new Map(nodes.map(({ nodeName, readiness, findings: places }) => [nodeName, { readiness, reasons: places.flatMap((index) => findings[index] ?? []) }]))

/** The node has joined since the second answer was made, or that answer was made before this list. */
const unseen = findingOf('kubernetes-not-read', 'Not seen in Kubernetes yet: the pods and budgets of this node are not checked.')

/** A doubt about the facts stands first, and nothing is ready under it. */
const doubted = ({ readiness, reasons }: Verdict, doubt: Finding | null): Verdict =>
  doubt === null ? { readiness, reasons } : { readiness: readiness === 'ready' ? 'needs-validation' : readiness, reasons: [doubt, ...reasons] }

/** What Spot alone says of a node where Kubernetes is read: what keeps it from moving anyway stands first. */
const withoutKubernetes = (verdict: Verdict): Verdict => (verdict.readiness === 'ready' ? doubted(verdict, unseen) : { ...verdict, reasons: [...verdict.reasons, unseen] })

/**
 * Joins the answer's shared lists to its rows once, so that filtering is a scan over strings. What was
 * assessed with Kubernetes comes later and stands in place of what Spot alone could tell. `doubt` is what speaks
 * against these facts by now: they are too old, or half of them did not come.
 */
export const indexNodes = ({ nodes, specs, findings }: NodesAnswer, assessed?: ReadinessAnswer, doubt: Finding | null = null): IndexedNode[] => {
  const texts = specTexts(specs)
  const verdicts = assessed && verdictsOf(assessed)
  const isConnected = assessed?.kubernetes.isConnected === true
  const ownVerdict = ({ readiness, findings: places }: NodeRow): Verdict => {
    const verdict = { readiness, reasons: places.flatMap((index) => findings[index] ?? []) }
    return isConnected ? withoutKubernetes(verdict) : verdict
  }
  return nodes.map((node) => {
    const verdict = verdicts?.get(node.nodeName)
    return {
      ...node,
      ...doubted(verdict ?? ownVerdict(node), doubt),
      isSpotOnly: !isConnected || verdict === undefined,
      matchKey: matchKeyOf(node.match),
      haystack: `${node.nodeName} ${node.poolName} ${node.vmSize ?? ''} ${node.spec === null ? '' : (texts[node.spec] ?? '')}`.toLowerCase(),
    }
  })
}
