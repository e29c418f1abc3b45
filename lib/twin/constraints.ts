import type { AffinityTerm, Toleration, TwinTaint, Workload } from './types'

type Carrier = { labels: Record<string, string>; taints: TwinTaint[] }

/** The label and taint of AKS spot pools. Ocean's webhook gives new pods the toleration. */
export const spotKey = 'kubernetes.azure.com/scalesetpriority'
export const spotTaint: TwinTaint = { key: spotKey, value: 'spot', effect: 'NoSchedule' }

const tolerates = ({ key, value, effect }: Toleration, taint: TwinTaint): boolean =>
  key === taint.key && (value === null || value === taint.value) && (effect === null || effect === taint.effect)

const isTolerated = (taint: TwinTaint, workload: Workload): boolean =>
  (taint.key === spotKey && workload.toleratesSpot) || workload.tolerations.some((toleration) => tolerates(toleration, taint))

const isHard = ({ effect }: TwinTaint) => effect === 'NoSchedule' || effect === 'NoExecute'

/** Whether one term of a node affinity holds (Kubernetes: NotIn also holds where the label is missing). */
export const holds = ({ key, operator, values }: AffinityTerm, labels: Record<string, string>): boolean => {
  const value = labels[key]
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
  }
}

/**
 * Why nodes with these labels and taints take no pod of the workload, in the words of the Kubernetes scheduler;
 * null when they may. Resources and the zone of a volume are no part of it.
 */
export const mismatchOf = (workload: Workload, { labels, taints }: Carrier): string | null => {
  const unwelcome = taints.find((taint) => isHard(taint) && !isTolerated(taint, workload))
  if (unwelcome) return `node(s) had untolerated taint {${unwelcome.key}: ${unwelcome.value}}`
  const isSelected = Object.entries(workload.nodeSelector).every(([key, value]) => labels[key] === value)
  return isSelected && workload.requiredAffinity.every((term) => holds(term, labels)) ? null : "node(s) didn't match Pod's node affinity/selector"
}

/** Selector, required affinity and hard taints; neither resources nor the zone of a volume. */
export const mayRunOn = (workload: Workload, carrier: Carrier): boolean => mismatchOf(workload, carrier) === null

/** Whether a taint drives a running pod of the workload off its node. */
export const isDrivenOff = (workload: Workload, { taints }: Carrier): boolean =>
  taints.some((taint) => taint.effect === 'NoExecute' && !isTolerated(taint, workload))

/** The autoscaler's own word for a pod that holds its node; Ocean takes it for its label (Ocean, Scaling, "Restrict scale down"). */
const safeToEvict = 'cluster-autoscaler.kubernetes.io/safe-to-evict'

/** Whether the workload's pods hold their node, by Spot's label or by the autoscaler's annotation. */
export const restrictsScaleDown = ({ isScaleDownRestricted, annotations }: Workload): boolean => isScaleDownRestricted || annotations[safeToEvict] === 'false'

/** Equal for workloads that `mismatchOf` cannot tell apart. */
export const constraintsKey = (workload: Workload): string =>
  JSON.stringify([Object.entries(workload.nodeSelector).sort(), workload.requiredAffinity, workload.tolerations, workload.toleratesSpot])
