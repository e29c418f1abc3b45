import { clusterParams } from '@/lib/contract/params'
import { presetRequest } from '@/lib/contract/presets'
import { route } from '@/lib/http/route'
import { listPresets } from '@/lib/services/list-presets'
import { createPreset } from '@/lib/services/save-preset'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => listPresets({ ctx, input: params }))

export const POST = route({ params: clusterParams, body: presetRequest }, ({ ctx, params, body }) => createPreset({ ctx, input: { ...params, request: body } }))
