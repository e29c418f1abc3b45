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

/** Selector, required affinity and hard taints; neither resources nor the zone of a volume. */
export const mayRunOn = (workload: Workload, { labels, taints }: Carrier): boolean =>
  Object.entries(workload.nodeSelector).every(([key, value]) => labels[key] === value) &&
  workload.requiredAffinity.every((term) => holds(term, labels)) &&
  taints.every((taint) => !isHard(taint) || isTolerated(taint, workload))

/** Equal for workloads that `mayRunOn` cannot tell apart. */
export const constraintsKey = (workload: Workload): string =>
  JSON.stringify([Object.entries(workload.nodeSelector).sort(), workload.requiredAffinity, workload.tolerations, workload.toleratesSpot])
