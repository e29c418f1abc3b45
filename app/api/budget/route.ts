import { route } from '@/lib/http/route'
import { getBudget } from '@/lib/services/get-budget'

export const GET = route({}, ({ ctx }) => getBudget({ ctx, input: undefined }))
