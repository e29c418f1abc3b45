import type { Workload, WorkloadKind } from '@/lib/twin/types'
import { metadataOf, type Metadata, type Parts, type Texts } from '../meta'
import { inOrder, plainEntry, wide, type Column, type Entry } from '../resource'
import type { View } from '../view'
import { templateLabels } from './owners'
import { templateSpec } from './pod-spec'

/** The pods a controller makes; `added` are labels of its own. */
export const templateOf = (workload: Workload, added: Texts = {}) => ({
  metadata: {
    labels: { ...templateLabels(workload), ...added },
    ...(Object.keys(workload.annotations).length === 0 ? {} : { annotations: workload.annotations }),
  },
  spec: templateSpec(workload),
})

/** The metadata of the object that stands for a workload; it is as old as the cluster. */
export const workloadMetadata = (view: View, workload: Workload, kind: string, name = workload.name): Metadata => ({
  ...metadataOf(view, { kind, name, namespace: workload.namespace, version: view.ledger.versionOf(workload.id), createdMs: view.state.cluster.createdAtMs }),
  generation: 1,
  labels: workload.labels,
})

const ownName = (_view: View, { name }: Workload) => name

/** An object for every workload of a kind, with the workload's name unless another is given. */
export const workloadEntries =
  (kind: WorkloadKind, objectOf: (view: View, workload: Workload) => Parts, nameOf: (view: View, workload: Workload) => string = ownName) =>
  (view: View): Entry[] => {
    const workloads = [...view.state.workloads.values()].filter((workload) => workload.kind === kind)
    return inOrder(workloads.map((workload) => plainEntry(workload.namespace, nameOf(view, workload), () => objectOf(view, workload))))
  }

type Templated = Parts & { spec: { template: ReturnType<typeof templateOf>; selector: { matchLabels: Texts } } }

export const pairs = (texts: Texts): string => Object.entries(texts).map(([key, value]) => `${key}=${value}`).join(',') || '<none>'

export const containerColumns: readonly Column<Templated>[] = [
  wide<Templated>('Containers', ({ spec }) => spec.template.spec.containers.map(({ name }) => name).join(',')),
  wide<Templated>('Images', ({ spec }) => spec.template.spec.containers.map(({ image }) => image).join(',')),
]
export const selectorColumn = wide<Templated>('Selector', ({ spec }) => pairs(spec.selector.matchLabels))
