import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { listInventory } from '@/lib/services/list-inventory'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => listInventory({ ctx, input: params }))
