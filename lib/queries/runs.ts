import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { deleteRunAnswer, runRecord, runsAnswer, stopAnswer, type RunRecord, type RunsAnswer } from '@/lib/contract/run'
import { managedShareAnswer, type ManagedShareAnswer } from '@/lib/contract/managed-share'
import { hasEnded } from '@/lib/domain/run-rules'
import { routes } from '@/lib/routes'
import { getJson, sendJson } from './fetch-json'
import { movingPollMs, pollBy, restPollMs } from './intervals'
import { keys } from './keys'
import { newestBy, newestWholeBy } from './newest'

/** Every run of a cluster: recorded here, or known from the API alone. */
export const runsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.runs(clusterId),
    queryFn: ({ signal }) => getJson(runsAnswer, routes.api.migrations(clusterId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<RunsAnswer>(({ runs }) => (runs.every(({ status, endedAtMs }) => hasEnded(status, endedAtMs)) ? restPollMs : movingPollMs)),
    structuralSharing: newestBy('fetchedAtMs'),
  })

/** How the share of managed nodes went over time. */
export const managedShareQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.managedShare(clusterId),
    queryFn: ({ signal }) => getJson(managedShareAnswer, routes.api.managedShare(clusterId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<ManagedShareAnswer>(() => restPollMs),
  })

/** The runs with Spot's list read anew: heavy for Spot, so only when a person asks. */
export const rereadRuns = async (client: QueryClient, clusterId: string): Promise<void> => {
  const answer = await getJson(runsAnswer, routes.api.migrations(clusterId, { refresh: '1' }))
  client.setQueryData(keys.runs(clusterId), answer)
}

/** One run with its whole record. Polled while it moves; a screen that holds the stream turns the polling off. */
export const runQuery = (clusterId: string, migrationId: string) =>
  queryOptions({
    queryKey: keys.run(clusterId, migrationId),
    queryFn: ({ signal }) => getJson(runRecord, routes.api.migration(clusterId, migrationId), signal),
    staleTime: movingPollMs,
    refetchInterval: pollBy<RunRecord>(({ run }) => (hasEnded(run.status, run.endedAtMs) ? false : movingPollMs)),
    structuralSharing: newestWholeBy('seq'),
  })

/** Deletes the record of a run; `confirm` is its id as a person typed it. */
export const deleteRun = (clusterId: string, migrationId: string, confirm: string) => sendJson(deleteRunAnswer, 'DELETE', routes.api.migration(clusterId, migrationId), { confirm })

/** Asks Spot to stop the run. */
export const stopRun = (clusterId: string, migrationId: string) =>
  sendJson(stopAnswer, 'POST', routes.api.stop(clusterId, migrationId), {})
