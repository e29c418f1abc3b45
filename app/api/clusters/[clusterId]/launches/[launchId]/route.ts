import { launchParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { getLaunch } from '@/lib/services/get-launch'

export const GET = route({ params: launchParams }, ({ ctx, params }) => getLaunch({ ctx, input: params }))
