import type { Workload } from '@/lib/twin/types'
import { hasClaim } from '../ledger/claims'
import { ageColumn, nameColumn, shown, type Resource } from '../resource'
import type { View } from '../view'
import { claimSpec } from './claims'
import { containerColumns, templateOf, workloadEntries, workloadMetadata } from './workload-parts'

const statefulSetObject = (view: View, workload: Workload) => {
  const { active, ready } = view.countsOf(workload)
  return {
    metadata: workloadMetadata(view, workload, 'StatefulSet'),
    spec: {
      replicas: workload.replicas,
      selector: { matchLabels: workload.labels },
      template: templateOf(workload),
      ...(hasClaim(workload) ? { volumeClaimTemplates: [{ kind: 'PersistentVolumeClaim', apiVersion: 'v1', metadata: { name: 'data' }, spec: claimSpec(workload) }] } : {}),
      serviceName: workload.name,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    },
    status: { observedGeneration: 1, replicas: active, readyReplicas: ready, currentReplicas: active, updatedReplicas: active, availableReplicas: ready },
  }
}
type StatefulSetObject = ReturnType<typeof statefulSetObject>

export const statefulSets: Resource = {
  group: 'apps',
  versions: ['v1'],
  plural: 'statefulsets',
  singular: 'statefulset',
  kind: 'StatefulSet',
  shortNames: ['sts'],
  isNamespaced: true,
  fieldNames: [],
  columns: [nameColumn, shown<StatefulSetObject>('Ready', ({ spec, status }) => `${status.readyReplicas}/${spec.replicas}`), ageColumn, ...containerColumns],
  entries: workloadEntries('StatefulSet', statefulSetObject),
}
