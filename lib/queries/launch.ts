import { queryOptions } from '@tanstack/react-query'
import { draftAnswer, draftsAnswer, type DraftBody, type DraftChange, type NewDraftBody } from '@/lib/contract/draft'
import type { LaunchRequest } from '@/lib/contract/launch'
import { launchAnswer, type LaunchAnswer, type LaunchState } from '@/lib/contract/launch-answer'
import { routes } from '@/lib/routes'
import { getJson, sendJson } from './fetch-json'
import { launchFastPhaseMs, launchPollMs, launchSlowPollMs, pollBy } from './intervals'
import { keys } from './keys'
import { newestBy } from './newest'

/** A selection with its preferences, kept on the server while a person goes through the wizard. */
export const draftQuery = (clusterId: string, draftId: string) =>
  queryOptions({
    queryKey: keys.draft(clusterId, draftId),
    queryFn: ({ signal }) => getJson(draftAnswer, routes.api.draft(clusterId, draftId), signal),
    staleTime: Infinity,
    structuralSharing: newestBy('updatedAtMs'),
  })

export const createDraft = (clusterId: string, body: NewDraftBody) =>
  sendJson(draftAnswer, 'POST', routes.api.drafts(clusterId), body)

/** One for each time the page is loaded: two tabs are two pages. */
const pageId = crypto.randomUUID()

/** Replaces a draft. Throws `draft_changed` where it was changed elsewhere after `knownAtMs`. */
export const saveDraft = (clusterId: string, draftId: string, body: DraftBody & Pick<DraftChange, 'knownAtMs'>, options?: { outlivesPage: boolean }) =>
  sendJson(draftAnswer, 'PUT', routes.api.draft(clusterId, draftId), { ...body, pageId } satisfies DraftChange, options)

/** Plans of the cluster that nobody has launched. Ours alone: a reading costs Spot nothing. */
export const draftsQuery = (clusterId: string) =>
  queryOptions({ queryKey: keys.drafts(clusterId), queryFn: ({ signal }) => getJson(draftsAnswer, routes.api.drafts(clusterId), signal) })

export const deleteDraft = (clusterId: string, draftId: string) => sendJson(draftsAnswer, 'DELETE', routes.api.draft(clusterId, draftId), undefined)

const isSettled: Record<LaunchState, boolean> = {
  pending: false,
  sent: false,
  unknown: false,
  acked: true,
  rejected: true,
  not_found: true,
}

/** False while the outcome of a launch is still being found out. */
export const isSettledLaunch = ({ state }: Pick<LaunchAnswer, 'state'>): boolean => isSettled[state]

/** What became of a launch. Asked fast at first, then slowly, until it is known. */
export const launchQuery = (clusterId: string, launchId: string, now: () => number = Date.now) =>
  queryOptions({
    queryKey: keys.launch(clusterId, launchId),
    queryFn: ({ signal }) => getJson(launchAnswer, routes.api.launch(clusterId, launchId), signal),
    refetchInterval: pollBy<LaunchAnswer>((launch) => {
      if (isSettledLaunch(launch)) return false
      return now() - launch.createdAtMs < launchFastPhaseMs ? launchPollMs : launchSlowPollMs
    }),
  })

/** Longer than the server waits for a Kubernetes that keeps answering. */
const launchTimeoutMs = 240_000

/** Starts a migration. The same `launchKey` gives the same launch, however often it is sent. */
export const launch = (clusterId: string, request: LaunchRequest) =>
  sendJson(launchAnswer, 'POST', routes.api.launches(clusterId), request, { timeoutMs: launchTimeoutMs })
