import { newDraftBody } from '@/lib/contract/draft'
import { clusterParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { createDraft } from '@/lib/services/create-draft'
import { listDrafts } from '@/lib/services/list-drafts'

export const GET = route({ params: clusterParams }, ({ ctx, params }) => listDrafts({ ctx, input: params }))

export const POST = route({ params: clusterParams, body: newDraftBody }, ({ ctx, params, body }) =>
  createDraft({ ctx, input: { clusterId: params.clusterId, body } }),
)
