import type { Workload } from '@/lib/twin/types'
import { ageText } from '../age'
import { ageColumn, nameColumn, shown, type Resource } from '../resource'
import type { View } from '../view'
import { jobLabels, jobUidOf } from './owners'
import { containerColumns, selectorColumn, templateOf, workloadEntries, workloadMetadata } from './workload-parts'

/** The twin's jobs run on: none of their pods completes. */
const jobObject = (view: View, workload: Workload) => {
  const { active, ready } = view.countsOf(workload)
  const metadata = workloadMetadata(view, workload, 'Job')
  return {
    metadata,
    spec: {
      parallelism: workload.replicas,
      completions: workload.replicas,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': jobUidOf(view, workload) } },
      template: templateOf(workload, jobLabels(view, workload)),
    },
    status: { startTime: metadata.creationTimestamp, active, ready },
  }
}
type JobObject = ReturnType<typeof jobObject>

export const jobs: Resource = {
  group: 'batch',
  versions: ['v1'],
  plural: 'jobs',
  singular: 'job',
  kind: 'Job',
  shortNames: [],
  isNamespaced: true,
  fieldNames: [],
  columns: [
    nameColumn,
    shown('Status', () => 'Running'),
    shown<JobObject>('Completions', ({ spec }) => `0/${spec.completions}`),
    shown<JobObject>('Duration', ({ status }, nowMs) => ageText(nowMs - Date.parse(status.startTime))),
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
  entries: workloadEntries('Job', jobObject),
}
