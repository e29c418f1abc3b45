import type { Pod, TwinNode, Workload } from '@/lib/twin/types'
import type { Tracked } from '../ledger/book'
import { uidOf } from '../meta'
import type { View } from '../view'
import { imageOf } from './pod-spec'

type Condition = { type: string; status: 'True' | 'False'; lastProbeTime: null; lastTransitionTime: string; reason?: string; message?: string }

const condition = (type: string, isTrue: boolean, at: string, why: { reason?: string; message?: string } = {}): Condition => ({
  type,
  status: isTrue ? 'True' : 'False',
  lastProbeTime: null,
  lastTransitionTime: at,
  ...why,
})

/** Kubernetes' phase. A pod whose containers run and never become ready is Running, too. */
export const phaseOf = ({ phase, isBroken }: Pod): 'Pending' | 'Running' => {
  if (phase === 'pending' || (phase === 'starting' && !isBroken)) return 'Pending'
  return 'Running'
}

const pendingStatus = ({ stamp }: View, { value, changedMs }: Tracked<Pod>) => ({
  phase: phaseOf(value),
  conditions: value.reason === null ? [] : [condition('PodScheduled', false, stamp(changedMs), { reason: 'Unschedulable', message: value.reason })],
  qosClass: 'Burstable',
})

const conditionsOf = ({ stamp }: View, { value, readyMs }: Tracked<Pod>, containerName: string): Condition[] => {
  const isReady = value.phase === 'running'
  const why = isReady ? {} : { reason: 'ContainersNotReady', message: `containers with unready status: [${containerName}]` }
  const born = stamp(value.createdAtMs)
  return [
    condition('PodScheduled', true, born),
    condition('Initialized', true, born),
    condition('ContainersReady', isReady, stamp(readyMs), why),
    condition('Ready', isReady, stamp(readyMs), why),
  ]
}

const containerOf = (view: View, { value: pod }: Tracked<Pod>, workload: Workload) => {
  const isStarted = phaseOf(pod) === 'Running'
  return {
    name: workload.name,
    image: imageOf(workload),
    imageID: isStarted ? imageOf(workload) : '',
    ready: pod.phase === 'running',
    started: isStarted,
    restartCount: 0,
    state: isStarted ? { running: { startedAt: view.stamp(pod.createdAtMs) } } : { waiting: { reason: 'ContainerCreating' } },
    lastState: {},
  }
}

/** An address that follows from the pod's name; nothing answers there. */
const ipOf = ({ clusterId }: View, { id, createdAtMs }: Pod): string => {
  const bits = Number.parseInt(uidOf(clusterId, id, String(createdAtMs)).slice(0, 5), 16)
  return `10.${64 + (bits >> 16)}.${(bits >> 8) & 255}.${(bits & 255) || 1}`
}

export const podStatus = (view: View, tracked: Tracked<Pod>, workload: Workload, node: TwinNode | undefined) => {
  const { value: pod } = tracked
  if (pod.nodeName === null) return pendingStatus(view, tracked)
  const isStarted = phaseOf(pod) === 'Running'
  const podIP = ipOf(view, pod)
  return {
    phase: phaseOf(pod),
    conditions: conditionsOf(view, tracked, workload.name),
    containerStatuses: [containerOf(view, tracked, workload)],
    ...(node === undefined ? {} : { hostIP: node.ipAddress }),
    ...(isStarted ? { podIP, podIPs: [{ ip: podIP }] } : {}),
    startTime: view.stamp(pod.createdAtMs),
    qosClass: 'Burstable',
  }
}
