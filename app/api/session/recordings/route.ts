import { route } from '@/lib/http/route'
import { listRecordings } from '@/lib/services/list-recordings'

export const GET = route({}, ({ ctx }) => listRecordings({ ctx, input: undefined }))
