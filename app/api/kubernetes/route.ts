import { route } from '@/lib/http/route'
import { listKubernetes } from '@/lib/services/list-kubernetes'

export const GET = route({}, ({ ctx }) => listKubernetes({ ctx, input: undefined }))
