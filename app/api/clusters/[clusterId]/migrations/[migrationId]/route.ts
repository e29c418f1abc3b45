import { migrationParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { getRun } from '@/lib/services/get-run'

export const GET = route({ params: migrationParams }, ({ ctx, params }) => getRun({ ctx, input: params }))
