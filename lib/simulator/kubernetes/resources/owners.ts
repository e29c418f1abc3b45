import type { Pod, Workload } from '@/lib/twin/types'
import { ownedBy, uidOf, type OwnerReference, type Texts } from '../meta'
import type { View } from '../view'

/** The hash of a Deployment's template; all its pods carry it in their names. */
export const templateHashOf = ({ clusterId, ledger }: View, { id }: Workload): string => ledger.templateHash(id) ?? uidOf(clusterId, id).slice(0, 8)

export const replicaSetNameOf = (view: View, workload: Workload): string => `${workload.name}-${templateHashOf(view, workload)}`

/** The uid of an object that belongs to a workload. */
const uidIn = ({ clusterId }: View, kind: string, { namespace }: Workload, name: string): string => uidOf(clusterId, kind, namespace, name, '')

export const jobUidOf = (view: View, workload: Workload): string => uidIn(view, 'Job', workload, workload.name)

/** Who made a workload's pods; nobody made a stand-alone one. */
export const podOwners = (view: View, workload: Workload): OwnerReference[] => {
  const { kind, name } = workload
  switch (kind) {
    case 'Standalone':
      return []
    case 'Deployment': {
      const replicaSet = replicaSetNameOf(view, workload)
      return ownedBy('apps/v1', 'ReplicaSet', { name: replicaSet, uid: uidIn(view, 'ReplicaSet', workload, replicaSet) })
    }
    case 'Job':
      return ownedBy('batch/v1', 'Job', { name, uid: jobUidOf(view, workload) })
    default:
      return ownedBy('apps/v1', kind, { name, uid: uidIn(view, kind, workload, name) })
  }
}

export const replicaSetOwners = (view: View, workload: Workload): OwnerReference[] =>
  ownedBy('apps/v1', 'Deployment', { name: workload.name, uid: uidIn(view, 'Deployment', workload, workload.name) })

/** The label by which Ocean leaves a pod where it is (Spot, Ocean, "Restrict scale down"). */
const restrictKey = 'spotinst.io/restrict-scale-down'

/** Labels that stand in the template. */
export const templateLabels = ({ labels, isScaleDownRestricted }: Workload): Texts => ({ ...labels, ...(isScaleDownRestricted ? { [restrictKey]: 'true' } : {}) })

export const jobLabels = (view: View, workload: Workload): Texts => {
  const uid = jobUidOf(view, workload)
  return { 'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': workload.name, 'controller-uid': uid, 'job-name': workload.name }
}

/** What the controller adds to the labels of each pod. */
export const controllerLabels = (view: View, workload: Workload, pod: Pod): Texts => {
  switch (workload.kind) {
    case 'Deployment':
      return { 'pod-template-hash': templateHashOf(view, workload) }
    case 'StatefulSet':
      return { 'apps.kubernetes.io/pod-index': pod.name.slice(pod.name.lastIndexOf('-') + 1), 'statefulset.kubernetes.io/pod-name': pod.name }
    case 'DaemonSet':
      return { 'pod-template-generation': '1' }
    case 'Job':
      return jobLabels(view, workload)
    case 'Standalone':
      return {}
  }
}
