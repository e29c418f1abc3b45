import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { readHistoryFacts } from '@/lib/services/read-history-facts'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => readHistoryFacts({ ctx, input: params }))
