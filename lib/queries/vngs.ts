import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { importAnswer, savedVng, vmSizesAnswer, vngAnswer, type SavedVng } from '@/lib/contract/vngs'
import { routes } from '@/lib/routes'
import { nodesQuery } from './clusters'
import { getJson, sendJson } from './fetch-json'
import { keys } from './keys'
import { ProblemError } from './problem-error'

type Json = Record<string, unknown>

/** One group with every field, for an edit: read once when the edit begins, so that it does not change under the person's hands. */
export const vngQuery = (clusterId: string, vngId: string) =>
  queryOptions({
    queryKey: keys.vng(clusterId, vngId),
    queryFn: ({ signal }) => getJson(vngAnswer, routes.api.vng(clusterId, vngId), signal),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** The sizes that Spot may use for a group. */
export const vmSizesQuery = (clusterId: string, vngId: string) =>
  queryOptions({
    queryKey: keys.vngSizes(clusterId, vngId),
    queryFn: ({ signal }) => getJson(vmSizesAnswer, routes.api.vngSizes(clusterId, vngId), signal),
    staleTime: 60_000,
  })

/** The nodes that match a group since it was saved here. Told to the pages that show nodes; null when nothing was saved. */
export type NewlyMatched = { vngId: string; vngName: string; nodeNames: string[] }
export const newlyMatchedQuery = (clusterId: string) =>
  queryOptions<NewlyMatched | null>({ queryKey: keys.newlyMatched(clusterId), queryFn: () => null, initialData: null, enabled: false, gcTime: Infinity })

/** Why this session may not change groups, known once Spot has refused with 403; null until then. */
export const vngRefusalQuery = (clusterId: string) =>
  queryOptions<string | null>({ queryKey: keys.vngRefusal(clusterId), queryFn: () => null, initialData: null, enabled: false, gcTime: Infinity })

const refusal = 'Spot refused this token the last time it was to change a virtual node group. Sign in with a token that may write.'

/** Remembers a refusal that will come again, so that the controls can say so before. */
const learned = async <Data>(client: QueryClient, clusterId: string, answer: Promise<Data>): Promise<Data> => {
  try {
    const data = await answer
    client.setQueryData(keys.vngRefusal(clusterId), null)
    return data
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'token_not_permitted') client.setQueryData(keys.vngRefusal(clusterId), refusal)
    throw error
  }
}

const matching = (client: QueryClient, clusterId: string, vngId: string): string[] =>
  (client.getQueryData(nodesQuery(clusterId).queryKey)?.nodes ?? []).flatMap(({ nodeName, match }) => (match.kind === 'vng' && match.vngId === vngId ? [nodeName] : []))

/** Reads everything of the cluster anew and remembers which nodes match the group since then. */
const refresh = async (client: QueryClient, clusterId: string, { vngId, name }: SavedVng): Promise<void> => {
  const before = new Set(matching(client, clusterId, vngId))
  await Promise.all([
    client.invalidateQueries({ queryKey: keys.cluster(clusterId) }),
    client.fetchQuery({ ...nodesQuery(clusterId), staleTime: 0 }).catch(() => null),
  ])
  const nodeNames = matching(client, clusterId, vngId).filter((nodeName) => !before.has(nodeName))
  client.setQueryData<NewlyMatched>(keys.newlyMatched(clusterId), { vngId, vngName: name, nodeNames })
}

/** A new group, or changes of one. Ends when the matches are read anew. */
export const saveVng = async (client: QueryClient, clusterId: string, vngId: string | null, body: Json): Promise<SavedVng> => {
  const sent = vngId === null ? sendJson(savedVng, 'POST', routes.api.vngs(clusterId), body) : sendJson(savedVng, 'PUT', routes.api.vng(clusterId, vngId), body)
  const saved = await learned(client, clusterId, sent)
  await refresh(client, clusterId, saved)
  return saved
}

export const deleteVng = async (client: QueryClient, clusterId: string, vngId: string): Promise<SavedVng> => {
  const gone = await learned(client, clusterId, sendJson(savedVng, 'DELETE', routes.api.vng(clusterId, vngId), undefined))
  client.setQueryData(keys.newlyMatched(clusterId), null)
  await client.invalidateQueries({ queryKey: keys.cluster(clusterId) })
  return gone
}

/** What Spot would make of a node pool. Nothing is created, although Spot has it as a POST. */
export const importQuery = (client: QueryClient, clusterId: string, poolName: string) =>
  queryOptions({
    queryKey: keys.vngImport(clusterId, poolName),
    queryFn: () => learned(client, clusterId, sendJson(importAnswer, 'POST', routes.api.vngImport(clusterId), { poolName })),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  })
