import { publicRoute } from '@/lib/http/route'

/** The process answers. Says nothing else to anyone. */
export const GET = publicRoute({}, async () => ({ status: 'ok' }))
