import { onCluster, type Handler } from '../call'
import { invalid, items } from '../wire'

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
