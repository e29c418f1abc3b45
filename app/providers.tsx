'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { useState, type ReactNode } from 'react'
import { TooltipProvider } from '@/components/ui/tooltip'
import { Toaster } from '@/components/ui/toaster'
import { makeQueryClient } from '@/lib/queries/client'
import { routes } from '@/lib/routes'

let isLeaving = false

/** The session is over: to the sign-in, and from there back to this very address. */
const leaveForSignIn = () => {
  if (isLeaving || window.location.pathname === routes.signIn()) return
  isLeaving = true
  const { pathname, search } = window.location
  window.location.assign(routes.signIn({ callbackUrl: `${pathname}${search}`, reason: 'expired' }))
}

type ProvidersProps = { nonce: string | undefined; children: ReactNode }

export const Providers = ({ nonce, children }: ProvidersProps) => {
  const [client] = useState(() => {
    if (nonce) setNonce(nonce)
    return makeQueryClient(leaveForSignIn)
  })
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <TooltipProvider>
          {children}
          <Toaster />
        </TooltipProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  )
}
