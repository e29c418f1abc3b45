import { holdParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { releaseHold } from '@/lib/services/release-hold'

export const DELETE = route({ params: holdParams }, ({ ctx, params }) => releaseHold({ ctx, input: params }))
