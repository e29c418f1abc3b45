import { holdRequest, releaseRequest } from '@/lib/contract/holds'
import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { holdNodes } from '@/lib/services/hold-nodes'
import { listHolds } from '@/lib/services/list-holds'
import { releaseHolds } from '@/lib/services/release-holds'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => listHolds({ ctx, input: params }))

export const POST = route({ params: clusterParams, body: holdRequest }, ({ ctx, params, body }) => holdNodes({ ctx, input: { clusterId: params.clusterId, request: body } }))

export const DELETE = route({ params: clusterParams, body: releaseRequest }, ({ ctx, params, body }) => releaseHolds({ ctx, input: { clusterId: params.clusterId, request: body } }))
