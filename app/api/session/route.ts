import { z } from 'zod'
import { clearedSessionCookie } from '@/lib/auth/session-cookie'
import { route } from '@/lib/http/route'
import { getSession } from '@/lib/services/get-session'
import { signOut } from '@/lib/services/sign-out'

const query = z.object({ withdraw: z.literal('1').optional() })

export const GET = route({}, ({ ctx }) => getSession({ ctx, input: undefined }))

export const DELETE = route({ query }, async ({ ctx, query: { withdraw } }) => {
  const answer = await signOut({ ctx, input: { isWithdrawing: withdraw === '1' } })
  return Response.json(answer, { headers: { 'Set-Cookie': clearedSessionCookie } })
})
