import { z } from 'zod'
import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { listRuns } from '@/lib/services/list-runs'

const query = z.object({ refresh: z.literal('1').optional() })

export const GET = route({ params: clusterParams, query }, ({ ctx, params, query: { refresh } }) =>
  listRuns({ ctx, input: { ...params, isRefresh: refresh === '1' } }),
)
