import { draftChange } from '@/lib/contract/draft'
import { draftParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { deleteDraft } from '@/lib/services/delete-draft'
import { getDraft } from '@/lib/services/get-draft'
import { updateDraft } from '@/lib/services/update-draft'

export const GET = route({ params: draftParams }, ({ ctx, params }) => getDraft({ ctx, input: params }))

export const PUT = route({ params: draftParams, body: draftChange }, ({ ctx, params, body }) => updateDraft({ ctx, input: { ...params, change: body } }))

export const DELETE = route({ params: draftParams }, ({ ctx, params }) => deleteDraft({ ctx, input: params }))
