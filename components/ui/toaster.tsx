'use client'

import 'sonner/dist/styles.css'
import { Toaster as SonnerToaster } from 'sonner'

/** Results of confirmed actions. Import `toast` from sonner to raise one. */
export const Toaster = () => (
  <SonnerToaster
    position="bottom-right"
    toastOptions={{
      unstyled: true,
      classNames: {
        toast: 'flex w-[min(380px,calc(100vw-32px))] items-start gap-2 rounded border border-line-2 bg-surface px-3 py-2.5 text-sm text-text shadow',
        description: 'text-text-2',
      },
    }}
  />
)
