import type { Pod, Workload } from '@/lib/twin/types'
import type { Tracked } from '../ledger/book'
import { metadataOf, type Metadata, type Texts } from '../meta'
import { ageColumn, nameColumn, shown, wide, type Resource } from '../resource'
import { trackedKind } from '../tracked'
import type { View } from '../view'
import { controllerLabels, podOwners, templateLabels } from './owners'
import { podSpec } from './pod-spec'
import { phaseOf, podStatus } from './pod-status'

const labelsOf = (view: View, workload: Workload, pod: Pod): Texts => ({ ...templateLabels(workload), ...controllerLabels(view, workload, pod) })

/** Kubernetes stamps the end of the grace period, not its beginning. */
const ending = ({ stamp }: View, { value, changedMs }: Tracked<Pod>, { terminationMs }: Workload) =>
  value.phase === 'terminating' ? { deletionTimestamp: stamp(changedMs + terminationMs), deletionGracePeriodSeconds: Math.ceil(terminationMs / 1000) } : {}

const podMetadata = (view: View, tracked: Tracked<Pod>, workload: Workload): Metadata => {
  const { value: pod, version } = tracked
  const owners = podOwners(view, workload)
  return {
    ...metadataOf(view, { kind: 'Pod', name: pod.name, namespace: pod.namespace, version, createdMs: pod.createdAtMs, birth: String(pod.createdAtMs) }),
    labels: labelsOf(view, workload, pod),
    ...(Object.keys(workload.annotations).length === 0 ? {} : { annotations: workload.annotations }),
    ...(owners.length === 0 ? {} : { ownerReferences: owners }),
    ...ending(view, tracked, workload),
  }
}

const podObject = (view: View, tracked: Tracked<Pod>, workload: Workload) => {
  const { name, nodeName } = tracked.value
  return {
    metadata: podMetadata(view, tracked, workload),
    spec: podSpec(workload, name, nodeName),
    status: podStatus(view, tracked, workload, nodeName === null ? undefined : view.ledger.nodes.get(nodeName)?.value),
  }
}
type PodObject = ReturnType<typeof podObject>

const workloadOf = ({ state }: View, { workloadId }: Pod) => state.workloads.get(workloadId) as Workload

const readyText = ({ spec, status }: PodObject) => {
  const ready = 'containerStatuses' in status ? status.containerStatuses.filter((container) => container.ready).length : 0
  return `${ready}/${spec.containers.length}`
}

const statusText = ({ metadata, status }: PodObject) => {
  if (metadata.deletionTimestamp !== undefined) return 'Terminating'
  const waiting = 'containerStatuses' in status ? status.containerStatuses[0]?.state.waiting?.reason : undefined
  return waiting ?? status.phase
}

export const pods: Resource = {
  group: '',
  versions: ['v1'],
  plural: 'pods',
  singular: 'pod',
  kind: 'Pod',
  shortNames: ['po'],
  isNamespaced: true,
  fieldNames: ['spec.nodeName', 'status.phase'],
  columns: [
    nameColumn,
    shown<PodObject>('Ready', readyText),
    shown<PodObject>('Status', statusText),
    shown('Restarts', () => '0'),
    ageColumn,
    wide<PodObject>('IP', ({ status }) => ('podIP' in status ? status.podIP : undefined) ?? '<none>'),
    wide<PodObject>('Node', ({ spec }) => spec.nodeName ?? '<none>'),
    wide('Nominated Node', () => '<none>'),
    wide('Readiness Gates', () => '<none>'),
  ],
  ...trackedKind<Pod>({
    bookOf: ({ ledger }) => ledger.pods,
    namespaceOf: ({ namespace }) => namespace,
    labelsOf: (view, pod) => labelsOf(view, workloadOf(view, pod), pod),
    fieldsOf: (pod) => ({ 'spec.nodeName': pod.nodeName ?? '', 'status.phase': phaseOf(pod) }),
    objectOf: (view, tracked) => podObject(view, tracked, workloadOf(view, tracked.value)),
  }),
}
