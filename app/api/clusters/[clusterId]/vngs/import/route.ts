import { clusterParams } from '@/lib/contract/params'
import { importRequest } from '@/lib/contract/vngs'
import { route } from '@/lib/http/route'
import { importVng } from '@/lib/services/import-vng'

export const POST = route({ params: clusterParams, body: importRequest }, ({ ctx, params, body }) => importVng({ ctx, input: { ...params, ...body } }))
