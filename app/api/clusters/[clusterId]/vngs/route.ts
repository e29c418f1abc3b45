import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { listVngs } from '@/lib/services/list-vngs'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => listVngs({ ctx, input: params }))
