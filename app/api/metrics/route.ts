import { metricsReply, requireMetricsToken } from '@/lib/http/metrics'
import { publicRoute } from '@/lib/http/route'

/** Counters for Prometheus: numbers and names of calls, never an id, a name or a token. */
export const GET = publicRoute({}, async ({ request, server }) => {
  requireMetricsToken(request, server.env.metricsToken)
  return metricsReply(server)
})
