import { publicRoute } from '@/lib/http/route'
import { checkReady } from '@/lib/services/check-ready'

/** The process can serve people: its database answers. Says nothing else to anyone. */
export const GET = publicRoute({}, async ({ server }) => checkReady((await server.database()).db))
