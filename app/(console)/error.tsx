'use client'

import { ErrorState } from '@/components/ui/states'

type PageErrorProps = { error: Error & { digest?: string }; reset: () => void }

const PageError = ({ error, reset }: PageErrorProps) => (
  <ErrorState
    className="py-24"
    onRetry={reset}
    error={{
      title: 'This page could not be drawn',
      detail: 'Runs that are on go on, and the server keeps recording them. If it happens again, report the id.',
      requestId: error.digest,
    }}
  />
)

export default PageError
