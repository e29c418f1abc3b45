'use client'

import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { LimitLeft, RequestIds } from './error-details'
import { StatusGlyph } from './status'

type EmptyStateProps = {
  title: string
  children?: ReactNode
  action?: ReactNode
  className?: string
  /** It is the whole page: its title is the page's heading. */
  isPage?: boolean
}

/** Nothing to show: what would stand here, and the next step. */
export const EmptyState = ({ title, children, action, className, isPage = false }: EmptyStateProps) => (
  <div className={cn('flex flex-col items-center gap-2 px-6 py-10 text-center', className)}>
    {isPage ? <h1 className="text-base font-semibold">{title}</h1> : <p className="text-base font-semibold">{title}</p>}
    {children ? <div className="max-w-prose text-text-2">{children}</div> : null}
    {action ? <div className="mt-2">{action}</div> : null}
  </div>
)

/** What a screen needs of an error to draw it; a ProblemError has it all. */
export type ShownError = {
  title: string
  detail: string
  requestId?: string | undefined
  upstreamRequestId?: string | undefined
  /** When a limit is over, on the browser's clock. */
  retryAtMs?: number | undefined
}

type ErrorStateProps = { error: ShownError; onRetry?: () => void; isRetrying?: boolean; action?: ReactNode; className?: string }

/** A part that could not be read: what failed, the ids for a ticket, and a way to try again. */
export const ErrorState = ({ error, onRetry, isRetrying = false, action, className }: ErrorStateProps) => (
  <div role="alert" className={cn('flex flex-col items-center gap-2 px-6 py-10 text-center', className)}>
    <p className="flex items-center gap-2 text-base font-semibold">
      <StatusGlyph name="failed" className="size-4" />
      {error.title}
    </p>
    <p className="max-w-prose text-text-2">
      {error.detail} <LimitLeft retryAtMs={error.retryAtMs} />
    </p>
    <RequestIds requestId={error.requestId} upstreamRequestId={error.upstreamRequestId} />
    <div className="mt-2 flex flex-wrap justify-center gap-2">
      {onRetry ? (
        <Button icon={<RotateCw aria-hidden />} isBusy={isRetrying} onClick={onRetry}>
          Try again
        </Button>
      ) : null}
      {action}
    </div>
  </div>
)
