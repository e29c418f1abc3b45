import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { listNodes } from '@/lib/services/list-nodes'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => listNodes({ ctx, input: params }))
