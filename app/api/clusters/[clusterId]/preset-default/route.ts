import { clusterParams } from '@/lib/contract/params'
import { presetDefaultRequest } from '@/lib/contract/presets'
import { route } from '@/lib/http/route'
import { chooseDefaultPreset } from '@/lib/services/choose-default-preset'

export const PUT = route({ params: clusterParams, body: presetDefaultRequest }, ({ ctx, params, body }) => chooseDefaultPreset({ ctx, input: { ...params, ...body } }))
