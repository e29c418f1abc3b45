import { z } from 'zod'
import { nodeParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { getNode } from '@/lib/services/get-node'

const query = z.object({ fresh: z.literal('1').optional() })

export const GET = route({ params: nodeParams, query }, ({ ctx, params, query: { fresh } }) => getNode({ ctx, input: { ...params, isFresh: fresh === '1' } }))
