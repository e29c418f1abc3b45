import { clusterParams } from '@/lib/contract/params'
import { poolLimitsRequest } from '@/lib/contract/rollback'
import { route } from '@/lib/http/route'
import { keepPoolLimits } from '@/lib/services/keep-pool-limits'

export const PUT = route({ params: clusterParams, body: poolLimitsRequest }, ({ ctx, params, body }) => keepPoolLimits({ ctx, input: { ...params, request: body } }))
