import { clusterParams } from '@/lib/contract/params'
import { newVngRequest } from '@/lib/contract/vngs'
import { route } from '@/lib/http/route'
import { createVng } from '@/lib/services/create-vng'
import { listVngs } from '@/lib/services/list-vngs'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => listVngs({ ctx, input: params }))

export const POST = route({ params: clusterParams, body: newVngRequest }, ({ ctx, params, body }) => createVng({ ctx, input: { ...params, group: body } }))
