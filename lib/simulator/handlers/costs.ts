import type { Workload } from '@/lib/twin/types'
import { costBody, passes, type CostInput, type Marks } from '../bodies/cost-body'
import { onCluster, type Handler } from '../call'
import type { Lifetime } from '../lifetimes'
import { invalidBody, items } from '../wire'
import type { SimulatedCluster, World } from '../world'

const hourMs = 3_600_000

/** US dollars an hour: a flat figure per vCPU, a third of it for Spot. */
const hourlyPrice = ({ allocatable, lifecycle }: Lifetime): number => (allocatable.milliCpu / 1000) * (lifecycle === 'Spot' ? 0.016 : 0.048)

/** Each node costs for as long as it was there inside the range, on the wall's clock; what is to come costs nothing yet. */
const totalOf = (world: World, { lifetimes }: SimulatedCluster, { startTime, endTime }: CostInput): number => {
  const endMs = Math.min(endTime, world.nowMs())
  const hoursOf = ({ fromMs, toMs }: Lifetime) => {
    const from = Math.max(startTime, world.wallOf(fromMs))
    const to = toMs === null ? endMs : Math.min(endMs, world.wallOf(toMs))
    return Math.max(0, to - from) / hourMs
  }
  return lifetimes.all().reduce((sum, lifetime) => sum + hourlyPrice(lifetime) * hoursOf(lifetime), 0)
}

const times = ({ startTime, endTime }: CostInput) => ({ startTime: new Date(startTime).toISOString(), endTime: new Date(endTime).toISOString() })

const ungrouped = 'no-value'
const none: Marks = { label: {}, annotation: {} }

/** The twin has labels and annotations on workloads, and none on namespaces. */
const marksOf = (workload: Workload): Record<'namespace' | 'resource', Marks> => ({ namespace: none, resource: { label: workload.labels, annotation: workload.annotations } })

const groupOf = (workload: Workload, groupBy: string): string => {
  const [, scope, type, key = ''] = /^(namespace|resource)\.(label|annotation)\.(.+)$/.exec(groupBy) ?? []
  if (scope === undefined) return workload.namespace
  return marksOf(workload)[scope as 'namespace' | 'resource'][type as keyof Marks][key] ?? ungrouped
}

const costOf = (total: number) => ({ total, compute: { total }, storage: { total: 0 } })

type Share = { workload: Workload; total: number }

/** The cost of the nodes, shared out by the CPU that the workloads ask for; those that pass the filter. */
const sharesOf = (world: World, cluster: SimulatedCluster, input: CostInput): Share[] => {
  const workloads = [...cluster.twin.state.workloads.values()]
  const cpuOf = ({ requests, replicas }: Workload) => requests.milliCpu * replicas
  const wholeCpu = workloads.reduce((sum, workload) => sum + cpuOf(workload), 0)
  const perCpu = wholeCpu === 0 ? 0 : totalOf(world, cluster, input) / wholeCpu
  return workloads.filter((workload) => passes(input.filter, marksOf(workload))).map((workload) => ({ workload, total: perCpu * cpuOf(workload) }))
}

const sumOf = (shares: Share[]): number => shares.reduce((sum, { total }) => sum + total, 0)

const aggregate = (shares: Share[], groupBy: string) => {
  const groups = new Map<string, Share[]>()
  for (const share of shares) {
    const key = groupOf(share.workload, groupBy)
    const members = groups.get(key)
    if (members === undefined) groups.set(key, [share])
    else members.push(share)
  }
  const resourceOf = ({ workload: { name, kind, namespace }, total }: Share) => ({ metadata: { name, type: kind, namespace }, ...costOf(total) })
  return Object.fromEntries([...groups].map(([key, members]) => [key, { summary: costOf(sumOf(members)), resources: members.map(resourceOf) }]))
}

/** Without a filter all that the nodes cost, whether or not a workload asks for it. */
export const costSummary: Handler = onCluster(({ world, body }, cluster) => {
  const parsed = costBody.safeParse(body ?? {})
  if (!parsed.success) return invalidBody(parsed.error)
  const total = parsed.data.filter == null ? totalOf(world, cluster, parsed.data) : sumOf(sharesOf(world, cluster, parsed.data))
  return items('ocean:k8s:cluster:aggregatedCosts:summary', [{ result: { totalForDuration: { ...times(parsed.data), summary: costOf(total) } } }])
})

export const costDetails: Handler = onCluster(({ world, body }, cluster) => {
  const parsed = costBody.safeParse(body ?? {})
  if (!parsed.success) return invalidBody(parsed.error)
  const { groupBy } = parsed.data
  const detailedCosts = { groupedBy: groupBy, aggregations: aggregate(sharesOf(world, cluster, parsed.data), groupBy) }
  return items('ocean:k8s:cluster:aggregatedCosts:detailed', [{ result: { totalForDuration: { ...times(parsed.data), detailedCosts } } }])
})
