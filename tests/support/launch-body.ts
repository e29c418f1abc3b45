import { GET as readNodes } from '@/app/api/clusters/[clusterId]/nodes/route'
import { GET as readPlanFacts } from '@/app/api/clusters/[clusterId]/plan-facts/route'
import { GET as readReadiness } from '@/app/api/clusters/[clusterId]/readiness/route'
import { GET as readCluster } from '@/app/api/clusters/[clusterId]/route'
import type { LaunchRequest } from '@/lib/contract/launch'
import { routes } from '@/lib/routes'
import { call } from './app'
import { reviewedLaunch, type LaunchChoices } from './reviewed-launch'

/** The body of a launch by somebody who has just read the plan through the route handlers, as a browser would. */
export const launchBody = (cookie: string, clusterId: string, choices: LaunchChoices): Promise<LaunchRequest> => {
  const handlers = new Map([
    [routes.api.nodes(clusterId), readNodes],
    [routes.api.planFacts(clusterId), readPlanFacts],
    [routes.api.readiness(clusterId), readReadiness],
    [routes.api.cluster(clusterId), readCluster],
  ])
  const read = async (path: string): Promise<unknown> => {
    const response = await call(handlers.get(path) ?? readCluster, { cookie, params: { clusterId }, path })
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return reviewedLaunch(read, clusterId, choices)
}
