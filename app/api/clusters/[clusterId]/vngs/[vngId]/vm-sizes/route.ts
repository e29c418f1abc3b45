import { vngParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { listVmSizes } from '@/lib/services/list-vm-sizes'

export const GET = route({ params: vngParams }, ({ ctx, params }) => listVmSizes({ ctx, input: params }))
