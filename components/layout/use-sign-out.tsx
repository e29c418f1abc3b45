'use client'

import { useMutation } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { forgetKept } from '@/components/domain/kept'
import { toast } from '@/components/ui/toast-store'
import { keys } from '@/lib/queries/keys'
import { endSession, readRecordings } from '@/lib/queries/session'
import { routes } from '@/lib/routes'

const SignOutDialog = dynamic(() => import('./sign-out-dialog').then((file) => file.SignOutDialog), { ssr: false })

/**
 * Ends the session on the server, then leaves the page for good, so that nothing read stays in memory. The
 * caller draws `dialog`, which asks first while runs are recorded with the session's token.
 */
export const useSignOut = () => {
  const onError = () => toast({ tone: 'error', title: 'Sign-out did not reach the server', detail: 'You are still signed in. Try again.' })
  const end = useMutation({
    mutationKey: keys.endSession(),
    mutationFn: endSession,
    onSuccess: () => {
      forgetKept(window.sessionStorage)
      window.location.assign(routes.signIn())
    },
    onError,
  })
  const ask = useMutation({
    mutationFn: readRecordings,
    onSuccess: ({ recordings }) => {
      if (recordings.length === 0) end.mutate(false)
    },
    onError,
  })
  const recordings = ask.data?.recordings ?? []
  const dialog =
    recordings.length === 0 ? null : <SignOutDialog recordings={recordings} isBusy={end.isPending} onClose={() => ask.reset()} onLeave={(isWithdrawing) => end.mutate(isWithdrawing)} />
  return { signOut: () => ask.mutate(), isBusy: ask.isPending || end.isPending, dialog }
}
