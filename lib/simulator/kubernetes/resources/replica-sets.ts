import type { Workload } from '@/lib/twin/types'
import { ageColumn, nameColumn, shown, type Resource } from '../resource'
import type { View } from '../view'
import { replicaSetNameOf, replicaSetOwners, templateHashOf } from './owners'
import { containerColumns, selectorColumn, templateOf, workloadEntries, workloadMetadata } from './workload-parts'

const replicaSetObject = (view: View, workload: Workload) => {
  const { active, ready } = view.countsOf(workload)
  const hash = { 'pod-template-hash': templateHashOf(view, workload) }
  return {
    metadata: {
      ...workloadMetadata(view, workload, 'ReplicaSet', replicaSetNameOf(view, workload)),
      labels: { ...workload.labels, ...hash },
      annotations: { 'deployment.kubernetes.io/desired-replicas': String(workload.replicas), 'deployment.kubernetes.io/revision': '1' },
      ownerReferences: replicaSetOwners(view, workload),
    },
    spec: { replicas: workload.replicas, selector: { matchLabels: { ...workload.labels, ...hash } }, template: templateOf(workload, hash) },
    status: { observedGeneration: 1, replicas: active, fullyLabeledReplicas: active, readyReplicas: ready, availableReplicas: ready },
  }
}
type ReplicaSetObject = ReturnType<typeof replicaSetObject>

export const replicaSets: Resource = {
  group: 'apps',
  versions: ['v1'],
  plural: 'replicasets',
  singular: 'replicaset',
  kind: 'ReplicaSet',
  shortNames: ['rs'],
  isNamespaced: true,
  fieldNames: [],
  columns: [
    nameColumn,
    shown<ReplicaSetObject>('Desired', ({ spec }) => spec.replicas, 'integer'),
    shown<ReplicaSetObject>('Current', ({ status }) => status.replicas, 'integer'),
    shown<ReplicaSetObject>('Ready', ({ status }) => status.readyReplicas, 'integer'),
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
  entries: workloadEntries('Deployment', replicaSetObject, replicaSetNameOf),
}
