import { launchRequest } from '@/lib/contract/launch'
import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { startMigration } from '@/lib/services/start-migration'

export const POST = route({ params: clusterParams, body: launchRequest }, ({ ctx, params, body }) =>
  startMigration({ ctx, input: { ...params, request: body } }),
)
