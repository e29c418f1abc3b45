import { vngParams } from '@/lib/contract/params'
import { vngChangesRequest } from '@/lib/contract/vngs'
import { route } from '@/lib/http/route'
import { deleteVng } from '@/lib/services/delete-vng'
import { getVng } from '@/lib/services/get-vng'
import { updateVng } from '@/lib/services/update-vng'

export const GET = route({ params: vngParams }, ({ ctx, params }) => getVng({ ctx, input: params }))

export const PUT = route({ params: vngParams, body: vngChangesRequest }, ({ ctx, params, body }) => updateVng({ ctx, input: { ...params, changes: body } }))

export const DELETE = route({ params: vngParams }, ({ ctx, params }) => deleteVng({ ctx, input: params }))
