import { z } from 'zod'
import { migrationParams } from '@/lib/contract/params'
import { route } from '@/lib/http/route'
import { openStream } from '@/lib/services/open-stream'

/** What the browser sends of itself when it reconnects; anything else asks for the whole record. */
const lastEventId = z.string().regex(/^\d{1,9}$/).transform(Number).nullable().catch(null)

const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' }

export const GET = route({ params: migrationParams }, async ({ ctx, params, request }) => {
  const resumeAfter = lastEventId.parse(request.headers.get('last-event-id'))
  return new Response(await openStream({ ctx, input: { ...params, resumeAfter } }), { headers })
})
