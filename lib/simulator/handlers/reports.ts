import { z } from 'zod'
import { onCluster, type Call, type Handler } from '../call'
import { invalid, items } from '../wire'
import type { SimulatedCluster } from '../world'

const severities = ['ALL', 'INFO', 'DEBUG', 'ERROR', 'WARN']
const dayMs = 86_400_000

/** Dates are epoch milliseconds or `yyyy-mm-dd`; a day given as the end counts to its last millisecond. */
const readDate = (text: string | null, isEnd: boolean): number | null => {
  if (text === null) return null
  if (/^\d{10,}$/.test(text)) return Number(text)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const start = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(start) ? null : start + (isEnd ? dayMs - 1 : 0)
}

/** Fetch Elastilogs: newest first, 500 lines unless told otherwise, never more than 1,000. */
export const readLog: Handler = onCluster(({ query, world }, { twin }) => {
  const fromMs = readDate(query.get('fromDate'), false)
  const toMs = readDate(query.get('toDate'), true)
  if (fromMs === null) return invalid('fromDate: must be yyyy-mm-dd or epoch milliseconds', 'fromDate')
  if (toMs === null) return invalid('toDate: must be yyyy-mm-dd or epoch milliseconds', 'toDate')
  const severity = query.get('severity') ?? 'ALL'
  if (!severities.includes(severity)) return invalid(`severity: must be one of ${severities.join(', ')}`, 'severity')
  const limit = Number(query.get('limit') ?? 500)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return invalid('limit: must be from 1 to 1000', 'limit')
  const resourceId = query.get('resourceId')
  const lines = twin.state.log
    .filter((entry) => (severity === 'ALL' || entry.severity === severity) && (resourceId === null || entry.resourceId === resourceId))
    .map((entry) => ({ message: entry.message, severity: entry.severity, createdAt: world.stamp(entry.tMs) }))
    .filter(({ createdAt }) => Date.parse(createdAt) >= fromMs && Date.parse(createdAt) <= toMs)
  return items('spotinst:ocean:azure:k8s:cluster:logs', lines.reverse().slice(0, limit))
})

const costBody = z.object({
  startTime: z.iso.datetime({ offset: true }),
  endTime: z.iso.datetime({ offset: true }),
  groupBy: z.string().regex(/^(namespace|(namespace|resource)\.(label|annotation)\..+)$/).default('namespace'),
})

const hourMs = 3_600_000
/** A node's price an hour in US dollars: a flat figure per vCPU, a third of it for Spot. */
const hourlyPrice = ({ milliCpu }: { milliCpu: number }, isSpot: boolean) => (milliCpu / 1000) * (isSpot ? 0.016 : 0.048)

const readCosts = (call: Call) => {
  const parsed = costBody.safeParse(call.body)
  if (!parsed.success) return null
  const start = Math.floor(Date.parse(parsed.data.startTime) / hourMs) * hourMs
  const end = Math.floor(Date.parse(parsed.data.endTime) / hourMs) * hourMs
  return { ...parsed.data, hours: Math.max(0, (end - start) / hourMs), startTime: new Date(start).toISOString(), endTime: new Date(end).toISOString() }
}

const costOf = ({ twin }: SimulatedCluster, hours: number) => {
  let total = 0
  for (const node of twin.state.nodes.values()) total += hourlyPrice(node.allocatable, node.lifecycle === 'Spot') * hours
  return total
}

export const costSummary: Handler = onCluster((call, cluster) => {
  const range = readCosts(call)
  if (range === null) return invalid('startTime and endTime are required.', 'startTime')
  const total = costOf(cluster, range.hours)
  const totalForDuration = { startTime: range.startTime, endTime: range.endTime, summary: { total } }
  return items('ocean:k8s:cluster:aggregatedCosts:summary', [{ result: { totalForDuration } }])
})

export const costDetails: Handler = onCluster((call, cluster) => {
  const range = readCosts(call)
  if (range === null) return invalid('startTime and endTime are required.', 'startTime')
  const { state } = cluster.twin
  const cpuByNamespace = new Map<string, number>()
  for (const workload of state.workloads.values())
    cpuByNamespace.set(workload.namespace, (cpuByNamespace.get(workload.namespace) ?? 0) + workload.requests.milliCpu * workload.replicas)
  const allCpu = [...cpuByNamespace.values()].reduce((sum, cpu) => sum + cpu, 0)
  const total = costOf(cluster, range.hours)
  const aggregations = Object.fromEntries(
    [...cpuByNamespace].map(([namespace, cpu]) => {
      const share = allCpu === 0 ? 0 : (total * cpu) / allCpu
      return [namespace, { resources: [{ metadata: { name: namespace, type: 'Namespace', namespace }, total: share, compute: { total: share }, storage: { total: 0 } }] }]
    }),
  )
  const totalForDuration = { startTime: range.startTime, endTime: range.endTime, detailedCosts: { groupedBy: range.groupBy, aggregations } }
  return items('ocean:k8s:cluster:aggregatedCosts:detailed', [{ result: { totalForDuration } }])
})
