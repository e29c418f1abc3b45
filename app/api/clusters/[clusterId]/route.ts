import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { getCluster } from '@/lib/services/get-cluster'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => getCluster({ ctx, input: params }))
