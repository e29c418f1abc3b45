import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { getRollbackFacts } from '@/lib/services/get-rollback-facts'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => getRollbackFacts({ ctx, input: params }))
