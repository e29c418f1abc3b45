import { Notice } from '@/components/ui/notice'
import type { ReadinessAnswer } from '@/lib/contract/readiness'
import type { KubeKind } from '@/lib/domain/kube-facts'
import { listed } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'

const kindWords: Record<KubeKind, string> = {
  nodes: 'nodes',
  pods: 'pods',
  workloads: 'Deployments and StatefulSets',
  pdbs: 'Pod Disruption Budgets',
  daemonSets: 'DaemonSets',
  claims: 'volume claims',
  namespaces: 'namespaces',
}

/** Kinds that Kubernetes did not give; those with the same cause are told together. */
export const UnreadNotice = ({ parts }: { parts: ReadinessAnswer['kubernetes']['parts'] }) => {
  const causes = new Map<string, string[]>()
  for (const { kind, problem } of parts) {
    if (problem === null) continue
    const cause = `${problem.sentence} ${problem.remedy}`
    causes.set(cause, [...(causes.get(cause) ?? []), kindWords[kind]])
  }
  return [...causes].map(([cause, kinds]) => (
    <Notice key={cause} tone="warning" title={`Not read: ${listed(kinds)}.`} className="mb-3">
      {visibleText(cause)}
    </Notice>
  ))
}
