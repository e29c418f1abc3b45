import type { Workload } from '@/lib/twin/types'
import { ageColumn, nameColumn, shown, type Resource } from '../resource'
import type { View } from '../view'
import { containerColumns, selectorColumn, templateOf, workloadEntries, workloadMetadata } from './workload-parts'

const rolling = { maxSurge: '25%', maxUnavailable: '25%' }

const conditionsOf = ({ stamp, state }: View, { replicas }: Workload, ready: number) => {
  const at = stamp(state.cluster.createdAtMs)
  const isAvailable = ready >= replicas - Math.floor(replicas / 4)
  const times = { lastUpdateTime: at, lastTransitionTime: at }
  return [
    isAvailable
      ? { type: 'Available', status: 'True', ...times, reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
      : { type: 'Available', status: 'False', ...times, reason: 'MinimumReplicasUnavailable', message: 'Deployment does not have minimum availability.' },
    { type: 'Progressing', status: 'True', ...times, reason: 'NewReplicaSetAvailable', message: 'ReplicaSet has successfully progressed.' },
  ]
}

const deploymentObject = (view: View, workload: Workload) => {
  const { active, ready } = view.countsOf(workload)
  return {
    metadata: { ...workloadMetadata(view, workload, 'Deployment'), annotations: { 'deployment.kubernetes.io/revision': '1' } },
    spec: {
      replicas: workload.replicas,
      selector: { matchLabels: workload.labels },
      template: templateOf(workload),
      strategy: { type: 'RollingUpdate', rollingUpdate: rolling },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    },
    status: {
      observedGeneration: 1,
      replicas: active,
      updatedReplicas: active,
      readyReplicas: ready,
      availableReplicas: ready,
      unavailableReplicas: Math.max(0, workload.replicas - ready),
      conditions: conditionsOf(view, workload, ready),
    },
  }
}
type DeploymentObject = ReturnType<typeof deploymentObject>

export const deployments: Resource = {
  group: 'apps',
  versions: ['v1'],
  plural: 'deployments',
  singular: 'deployment',
  kind: 'Deployment',
  shortNames: ['deploy'],
  isNamespaced: true,
  fieldNames: [],
  columns: [
    nameColumn,
    shown<DeploymentObject>('Ready', ({ spec, status }) => `${status.readyReplicas}/${spec.replicas}`),
    shown<DeploymentObject>('Up-to-date', ({ status }) => status.updatedReplicas, 'integer'),
    shown<DeploymentObject>('Available', ({ status }) => status.availableReplicas, 'integer'),
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
  entries: workloadEntries('Deployment', deploymentObject),
}
