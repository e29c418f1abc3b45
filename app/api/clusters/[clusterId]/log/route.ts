import { logQuery } from '@/lib/contract/log'
import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { readLog } from '@/lib/services/read-log'

export const GET = route({ params: clusterParams, query: logQuery }, ({ ctx, params, query }) =>
  readLog({ ctx, input: { clusterId: params.clusterId, query } }),
)
