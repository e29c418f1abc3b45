import { migrationParams } from '@/lib/contract/params'
import { deleteRunRequest } from '@/lib/contract/run'
import { route } from '@/lib/http/route'
import { deleteRun } from '@/lib/services/delete-run'
import { getRun } from '@/lib/services/get-run'

export const GET = route({ params: migrationParams }, ({ ctx, params }) => getRun({ ctx, input: params }))

export const DELETE = route({ params: migrationParams, body: deleteRunRequest }, ({ ctx, params, body }) => deleteRun({ ctx, input: { ...params, ...body } }))
