import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { getManagedShare } from '@/lib/services/managed-share'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => getManagedShare({ ctx, input: params }))
