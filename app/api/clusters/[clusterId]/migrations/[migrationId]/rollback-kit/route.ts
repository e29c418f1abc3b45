import { migrationParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { getRollbackKit } from '@/lib/services/get-rollback-kit'

export const GET = route({ params: migrationParams }, ({ ctx, params }) => getRollbackKit({ ctx, input: params }))
