import { clearedSessionCookie } from '@/lib/auth/session-cookie'
import { route } from '@/lib/http/route'
import { getSession } from '@/lib/services/get-session'
import { signOut } from '@/lib/services/sign-out'

export const GET = route({}, ({ ctx }) => getSession({ ctx, input: undefined }))

export const DELETE = route({}, async ({ ctx }) => {
  const answer = await signOut({ ctx, input: undefined })
  return Response.json(answer, { headers: { 'Set-Cookie': clearedSessionCookie } })
})
