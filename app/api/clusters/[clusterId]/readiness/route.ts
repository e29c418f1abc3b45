import { z } from 'zod'
import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { assessReadiness } from '@/lib/services/assess-readiness'

const query = z.object({ fresh: z.literal('1').optional() })

export const GET = route({ params: clusterParams, query }, ({ ctx, params, query: { fresh } }) =>
  assessReadiness({ ctx, input: { ...params, isFresh: fresh === '1' } }),
)
