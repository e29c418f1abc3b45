import { queryOptions } from '@tanstack/react-query'
import { presetsAnswer, type PresetRequest } from '@/lib/contract/presets'
import { routes } from '@/lib/routes'
import { getJson, sendJson } from './fetch-json'
import { restPollMs } from './intervals'
import { keys } from './keys'

/** The account's presets and the cluster's default. */
export const presetsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.presets(clusterId),
    queryFn: ({ signal }) => getJson(presetsAnswer, routes.api.presets(clusterId), signal),
    staleTime: restPollMs,
  })

export const createPreset = (clusterId: string, request: PresetRequest) => sendJson(presetsAnswer, 'POST', routes.api.presets(clusterId), request)

export const replacePreset = (clusterId: string, presetId: string, request: PresetRequest) => sendJson(presetsAnswer, 'PUT', routes.api.preset(clusterId, presetId), request)

export const deletePreset = (clusterId: string, presetId: string) => sendJson(presetsAnswer, 'DELETE', routes.api.preset(clusterId, presetId), undefined)

export const chooseDefaultPreset = (clusterId: string, presetId: string | null) => sendJson(presetsAnswer, 'PUT', routes.api.presetDefault(clusterId), { presetId })
