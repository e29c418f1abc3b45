import { draftBody } from '@/lib/contract/draft'
import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { createDraft } from '@/lib/services/create-draft'

export const POST = route({ params: clusterParams, body: draftBody }, ({ ctx, params, body }) =>
  createDraft({ ctx, input: { clusterId: params.clusterId, body } }),
)
