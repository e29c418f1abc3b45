'use client'

import './globals.css'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/states'

/** The last resort, when even the frame of the pages fails. It stands alone. */
const GlobalError = ({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) => (
  <html lang="en">
    <body>
      <main className="flex min-h-dvh items-center justify-center">
        <EmptyState title="Slipway could not draw this page" action={<Button onClick={reset}>Try again</Button>}>
          Runs that are on go on, and the server keeps recording them.
          {error.digest ? <span className="block text-xs text-text-3">Error id {error.digest}</span> : null}
        </EmptyState>
      </main>
    </body>
  </html>
)

export default GlobalError
