import { spotTaint } from '@/lib/twin/constraints'
import type { AffinityTerm, Toleration, Workload } from '@/lib/twin/types'
import { claimNameOf, hasClaim } from '../ledger/claims'
import { gpuLimit, quantities } from '../quantities'

/** Where equal preferences leave no order. */
const preferenceWeight = 50

const expression = ({ key, operator, values }: AffinityTerm) => ({ key, operator, ...(values.length === 0 ? {} : { values }) })

const affinityOf = ({ requiredAffinity, preferredAffinity }: Workload) => {
  const required = { nodeSelectorTerms: [{ matchExpressions: requiredAffinity.map(expression) }] }
  const preferred = preferredAffinity.map((term) => ({ weight: preferenceWeight, preference: { matchExpressions: [expression(term)] } }))
  return {
    nodeAffinity: {
      ...(requiredAffinity.length === 0 ? {} : { requiredDuringSchedulingIgnoredDuringExecution: required }),
      ...(preferred.length === 0 ? {} : { preferredDuringSchedulingIgnoredDuringExecution: preferred }),
    },
  }
}

type WireToleration = { key?: string; operator: 'Exists' | 'Equal'; value?: string; effect?: string; tolerationSeconds?: number }

const tolerationOf = ({ key, value, effect }: Toleration): WireToleration => ({
  key,
  ...(value === null ? { operator: 'Exists' as const } : { operator: 'Equal' as const, value }),
  ...(effect === null ? {} : { effect }),
})

/** DaemonSets tolerate every taint, as those of AKS do. */
const writtenTolerations = (workload: Workload): WireToleration[] => (workload.kind === 'DaemonSet' ? [{ operator: 'Exists' }] : workload.tolerations.map(tolerationOf))

const untilEvicted = (key: string): WireToleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })

/** What webhooks add when a pod is made: Ocean's the spot taint, Kubernetes' own a node's lapses of five minutes. */
const addedTolerations = ({ kind, toleratesSpot }: Workload): WireToleration[] => {
  if (kind === 'DaemonSet') return []
  const spot: WireToleration = { operator: 'Equal', ...spotTaint }
  return [...(toleratesSpot ? [spot] : []), untilEvicted('node.kubernetes.io/not-ready'), untilEvicted('node.kubernetes.io/unreachable')]
}

export const imageOf = ({ namespace, name }: Workload): string => `example.azurecr.io/${namespace}/${name}:1.0.0`

const containerOf = (workload: Workload) => {
  const limits = gpuLimit(workload.requests)
  return {
    name: workload.name,
    image: imageOf(workload),
    imagePullPolicy: 'IfNotPresent',
    resources: { requests: quantities(workload.requests), ...(Object.keys(limits).length === 0 ? {} : { limits }) },
    ...(hasMounts(workload) ? { volumeMounts: [...(hasClaim(workload) ? [{ name: 'data', mountPath: '/data' }] : []), ...(hasScratch(workload) ? [{ name: 'scratch', mountPath: '/scratch' }] : [])] } : {}),
  }
}

const hasScratch = ({ localData }: Workload) => localData === 'emptyDir'
const hasMounts = (workload: Workload) => hasClaim(workload) || hasScratch(workload)

type Volume = { name: string; persistentVolumeClaim?: { claimName: string }; emptyDir?: object }

/** A StatefulSet's template names no claims: its controller adds them to each pod. */
const volumesOf = (workload: Workload, podName: string | null): Volume[] => [
  ...(hasClaim(workload) && (podName !== null || workload.kind !== 'StatefulSet') ? [{ name: 'data', persistentVolumeClaim: { claimName: claimNameOf(workload, podName ?? '') } }] : []),
  ...(hasScratch(workload) ? [{ name: 'scratch', emptyDir: {} }] : []),
]

const commonSpec = (workload: Workload, podName: string | null) => {
  const volumes = volumesOf(workload, podName)
  return {
    containers: [containerOf(workload)],
    ...(volumes.length === 0 ? {} : { volumes }),
    restartPolicy: workload.kind === 'Job' ? 'OnFailure' : 'Always',
    terminationGracePeriodSeconds: Math.ceil(workload.terminationMs / 1000),
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    ...(Object.keys(workload.nodeSelector).length === 0 ? {} : { nodeSelector: workload.nodeSelector }),
    ...(workload.requiredAffinity.length + workload.preferredAffinity.length === 0 ? {} : { affinity: affinityOf(workload) }),
  }
}

/** The spec of the pods that a controller makes. */
export const templateSpec = (workload: Workload) => {
  const tolerations = writtenTolerations(workload)
  return { ...commonSpec(workload, null), ...(tolerations.length === 0 ? {} : { tolerations }) }
}

/** The spec of a pod as it is after admission. */
export const podSpec = (workload: Workload, podName: string, nodeName: string | null) => ({
  ...commonSpec(workload, podName),
  tolerations: [...writtenTolerations(workload), ...addedTolerations(workload)],
  ...(nodeName === null ? {} : { nodeName }),
  serviceAccountName: 'default',
})
