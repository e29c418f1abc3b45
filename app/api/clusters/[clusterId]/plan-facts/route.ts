import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { readPlanFacts } from '@/lib/services/read-plan-facts'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => readPlanFacts({ ctx, input: params }))
