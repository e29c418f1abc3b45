import { migrationParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { stopMigration } from '@/lib/services/stop-migration'

export const POST = route({ params: migrationParams }, ({ ctx, params }) => stopMigration({ ctx, input: params }))
