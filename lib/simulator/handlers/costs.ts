import { z } from 'zod'
import type { TwinNode, TwinState, Workload } from '@/lib/twin/types'
import { onCluster, type Handler } from '../call'
import { invalidBody, items } from '../wire'

const hourMs = 3_600_000

/** Times are rounded down to the hour (Spot API, Get Aggregated Costs). */
const hour = z.iso.datetime({ offset: true }).transform((text) => Math.floor(Date.parse(text) / hourMs) * hourMs)

const costBody = z.looseObject({
  startTime: hour,
  endTime: hour,
  groupBy: z.string().regex(/^(namespace|(namespace|resource)\.(label|annotation)\..+)$/, 'must be namespace, or a label or annotation of namespace or resource').default('namespace'),
})
type Range = z.infer<typeof costBody>

/** US dollars an hour: a flat figure per vCPU, a third of it for Spot. */
const hourlyPrice = ({ allocatable, lifecycle }: TwinNode): number => (allocatable.milliCpu / 1000) * (lifecycle === 'Spot' ? 0.016 : 0.048)

const totalOf = ({ nodes }: TwinState, { startTime, endTime }: Range): number => {
  const hours = Math.max(0, (endTime - startTime) / hourMs)
  return [...nodes.values()].reduce((sum, node) => sum + hourlyPrice(node) * hours, 0)
}

const times = ({ startTime, endTime }: Range) => ({ startTime: new Date(startTime).toISOString(), endTime: new Date(endTime).toISOString() })

const ungrouped = 'no-value'

/** The group of a workload. The twin has labels on workloads and none on namespaces, and no annotations. */
const groupOf = (workload: Workload, groupBy: string): string => {
  if (groupBy === 'namespace') return workload.namespace
  const label = /^resource\.label\.(.+)$/.exec(groupBy)?.[1]
  return (label === undefined ? undefined : workload.labels[label]) ?? ungrouped
}

const costOf = (total: number) => ({ total, compute: { total }, storage: { total: 0 } })

/** Shares the cost of the nodes out by the CPU that the workloads ask for. */
const aggregate = (state: TwinState, range: Range) => {
  const workloads = [...state.workloads.values()]
  const cpuOf = ({ requests, replicas }: Workload) => requests.milliCpu * replicas
  const wholeCpu = workloads.reduce((sum, workload) => sum + cpuOf(workload), 0)
  const perCpu = wholeCpu === 0 ? 0 : totalOf(state, range) / wholeCpu
  const groups = new Map<string, { total: number; resources: unknown[] }>()
  for (const workload of workloads) {
    const key = groupOf(workload, range.groupBy)
    const group = groups.get(key) ?? { total: 0, resources: [] }
    const total = perCpu * cpuOf(workload)
    group.total += total
    group.resources.push({ metadata: { name: workload.name, type: workload.kind, namespace: workload.namespace }, ...costOf(total) })
    groups.set(key, group)
  }
  return Object.fromEntries([...groups].map(([key, { total, resources }]) => [key, { summary: costOf(total), resources }]))
}

export const costSummary: Handler = onCluster(({ body }, { twin }) => {
  const parsed = costBody.safeParse(body ?? {})
  if (!parsed.success) return invalidBody(parsed.error)
  const summary = costOf(totalOf(twin.state, parsed.data))
  return items('ocean:k8s:cluster:aggregatedCosts:summary', [{ result: { totalForDuration: { ...times(parsed.data), summary } } }])
})

export const costDetails: Handler = onCluster(({ body }, { twin }) => {
  const parsed = costBody.safeParse(body ?? {})
  if (!parsed.success) return invalidBody(parsed.error)
  const detailedCosts = { groupedBy: parsed.data.groupBy, aggregations: aggregate(twin.state, parsed.data) }
  return items('ocean:k8s:cluster:aggregatedCosts:detailed', [{ result: { totalForDuration: { ...times(parsed.data), detailedCosts } } }])
})
