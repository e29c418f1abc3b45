import { route } from '@/lib/http/route'
import { listClusters } from '@/lib/services/list-clusters'

export const GET = route({}, ({ ctx }) => listClusters({ ctx, input: undefined }))
