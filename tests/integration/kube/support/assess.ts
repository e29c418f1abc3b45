import { readClusterFacts } from '@/lib/services/cluster-facts'
import type { ClusterAssessment } from '@/lib/domain/readiness/assess-cluster'
import { clusterId, startBench } from '@/tests/integration/live/support/bench'
import type { SimulatorFlags } from '@/lib/simulator/flags'
import type { TestDatabase } from '@/tests/support/database'

/** Assesses the first cluster of a simulator as the pages do; with a kubeconfig file Kubernetes is connected and read to its end. */
export const assessScenario = async (database: TestDatabase, flags: Partial<SimulatorFlags>, kubeconfigFile?: string): Promise<ClusterAssessment> => {
  const bench = await startBench({ connection: async () => database, flags, headersMs: 5_000, ...(kubeconfigFile === undefined ? {} : { kubeconfigFile }) })
  try {
    const { assessment } = await readClusterFacts(await bench.contextFor(), { clusterId, isFresh: true }, { spot: {}, kubeMaxAgeMs: 0, kubePatience: { silenceMs: 30_000, mostMs: 60_000 } })
    return assessment
  } finally {
    await bench.close()
  }
}

/** On how many nodes each rule speaks. */
export const nodesByRule = ({ nodes }: ClusterAssessment): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { findings } of nodes.values()) for (const id of new Set(findings.map((finding) => finding.id))) counts[id] = (counts[id] ?? 0) + 1
  return counts
}
