import { queryOptions } from '@tanstack/react-query'
import { recordingAnswer } from '@/lib/contract/recording'
import { routes } from '@/lib/routes'
import { getJson, sendJson } from './fetch-json'
import { recordingPollMs } from './intervals'
import { keys } from './keys'

/** Whose sign-in, if anybody's, is kept so that a run goes on being recorded when nobody looks. Others may agree or take theirs back meanwhile. */
export const recordingQuery = (clusterId: string, migrationId: string) =>
  queryOptions({
    queryKey: keys.recording(clusterId, migrationId),
    queryFn: ({ signal }) => getJson(recordingAnswer, routes.api.recording(clusterId, migrationId), signal),
    staleTime: recordingPollMs,
    refetchInterval: recordingPollMs,
  })

/** Agrees that a sealed copy of one's own token is kept for the run, or takes it back. */
export const setRecording = (clusterId: string, migrationId: string, isKept: boolean) => sendJson(recordingAnswer, 'PUT', routes.api.recording(clusterId, migrationId), { isKept })
