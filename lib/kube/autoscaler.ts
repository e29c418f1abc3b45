import 'server-only'
import type { KubeAutoscaler } from '@/lib/domain/kube-facts'
import { parseAutoscalerStatus, readMoment } from './autoscaler-status'
import type { Connection } from './connection'
import { KubeReadError } from './failure'
import type { Reading } from './list'
import { getPage } from './page'
import { wireConfigMap } from './wire'

/** AKS runs its autoscaler outside the cluster; this is what can be seen of it (Kubernetes Cluster Autoscaler, FAQ). */
const path = 'api/v1/namespaces/kube-system/configmaps/cluster-autoscaler-status'
const resource = 'the status of the cluster autoscaler'

const forbidden = () => new KubeReadError('forbidden', `Kubernetes does not let Slipway get ${resource} (403).`, 'Apply docs/kubernetes-read-access.yaml again: it lets Slipway get that one ConfigMap.')
const unreadable = () => new KubeReadError('unreadable', 'The status of the cluster autoscaler has a form that Slipway does not know.', 'Report it with the version of the cluster.')

const isOf = (error: unknown, kind: KubeReadError['kind']): boolean => error instanceof KubeReadError && error.kind === kind

/** What the cluster autoscaler last wrote of itself; nothing where none has. Throws KubeReadError. */
export const readAutoscaler = async (connection: Connection, { limits, onPage }: Reading): Promise<KubeAutoscaler[]> => {
  const answer = await getPage(connection, `/${path}`, resource, limits, AbortSignal.timeout(limits.pageTimeoutMs)).catch((error: unknown) => {
    if (isOf(error, 'missing')) return null
    throw isOf(error, 'forbidden') ? forbidden() : error
  })
  onPage()
  if (answer === null) return []
  const map = wireConfigMap.safeParse(answer)
  if (!map.success) throw unreadable()
  const text = map.data.data.status
  if (text === undefined) return []
  const { loadYaml } = await import('@kubernetes/client-node')
  const status = parseAutoscalerStatus(text, loadYaml)
  if (status === null) throw unreadable()
  return [{ ...status, writtenAtMs: status.writtenAtMs ?? readMoment(map.data.metadata?.annotations['cluster-autoscaler.kubernetes.io/last-updated']) }]
}
