import type { Workload } from '@/lib/twin/types'
import { ageColumn, nameColumn, shown, type Resource } from '../resource'
import type { View } from '../view'
import { containerColumns, pairs, selectorColumn, templateOf, workloadEntries, workloadMetadata } from './workload-parts'

/** How many it should have is how many it has: the twin starts its pods with the nodes. */
const daemonSetObject = (view: View, workload: Workload) => {
  const { active, ready } = view.countsOf(workload)
  return {
    metadata: workloadMetadata(view, workload, 'DaemonSet'),
    spec: {
      selector: { matchLabels: workload.labels },
      template: templateOf(workload),
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
    },
    status: {
      observedGeneration: 1,
      currentNumberScheduled: active,
      desiredNumberScheduled: active,
      numberMisscheduled: 0,
      numberReady: ready,
      numberAvailable: ready,
      numberUnavailable: active - ready,
      updatedNumberScheduled: active,
    },
  }
}
type DaemonSetObject = ReturnType<typeof daemonSetObject>

export const daemonSets: Resource = {
  group: 'apps',
  versions: ['v1'],
  plural: 'daemonsets',
  singular: 'daemonset',
  kind: 'DaemonSet',
  shortNames: ['ds'],
  isNamespaced: true,
  fieldNames: [],
  columns: [
    nameColumn,
    shown<DaemonSetObject>('Desired', ({ status }) => status.desiredNumberScheduled, 'integer'),
    shown<DaemonSetObject>('Current', ({ status }) => status.currentNumberScheduled, 'integer'),
    shown<DaemonSetObject>('Ready', ({ status }) => status.numberReady, 'integer'),
    shown<DaemonSetObject>('Up-to-date', ({ status }) => status.updatedNumberScheduled, 'integer'),
    shown<DaemonSetObject>('Available', ({ status }) => status.numberAvailable, 'integer'),
    shown<DaemonSetObject>('Node Selector', ({ spec }) => pairs(spec.template.spec.nodeSelector ?? {})),
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
  entries: workloadEntries('DaemonSet', daemonSetObject),
}
