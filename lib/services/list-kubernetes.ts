import 'server-only'
import type { KubernetesAnswer, KubernetesConnection } from '@/lib/contract/kubernetes'
import { kubeKinds, type KubeFacts } from '@/lib/domain/kube-facts'
import type { Verb } from './context'

const lastOf = (facts: KubeFacts): NonNullable<KubernetesConnection['last']> => {
  const parts = [...kubeKinds.map((kind) => facts[kind]), facts.autoscaler]
  const failed = parts.flatMap((part) => (part.state === 'failed' ? [part] : []))
  const readAtMs = parts.flatMap((part) => (part.state === 'read' ? [part.readAtMs] : []))
  const [first] = failed
  return { readAtMs: readAtMs.length === 0 ? null : Math.min(...readAtMs), failedKinds: failed.length, kinds: parts.length, problem: first === undefined ? null : `${first.sentence} ${first.remedy}` }
}

/** The connection to Kubernetes of each cluster that the token can read. Kubernetes itself is not asked. */
export const listKubernetes: Verb<void, KubernetesAnswer> = async ({ ctx }) => {
  const { data } = await ctx.spot.listClusters()
  const connections = await Promise.all(
    data.map(async ({ id, name }): Promise<KubernetesConnection> => {
      const connection = await ctx.kube.connectionOf(id)
      return { clusterId: id, name, way: connection?.way ?? null, last: connection?.lastFacts ? lastOf(connection.lastFacts) : null }
    }),
  )
  return { connections: connections.toSorted((a, b) => a.name.localeCompare(b.name, 'en')) }
}
