import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { getRehearsalFacts } from '@/lib/services/get-rehearsal-facts'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => getRehearsalFacts({ ctx, input: params }))
