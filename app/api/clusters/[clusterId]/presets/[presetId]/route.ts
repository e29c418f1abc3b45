import { presetParams } from '@/lib/contract/params'
import { presetRequest } from '@/lib/contract/presets'
import { route } from '@/lib/http/route'
import { deletePreset } from '@/lib/services/delete-preset'
import { updatePreset } from '@/lib/services/save-preset'

export const PUT = route({ params: presetParams, body: presetRequest }, ({ ctx, params, body }) => updatePreset({ ctx, input: { ...params, request: body } }))

export const DELETE = route({ params: presetParams }, ({ ctx, params }) => deletePreset({ ctx, input: params }))
