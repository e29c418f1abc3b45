'use client'

import { RotateCw } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Time } from '@/components/ui/time'

type UpdatedMarkProps = {
  /** What was read then, where it is not all that the page shows. */
  what?: string
  atMs: number | undefined
  isRefetching: boolean
  onRefresh: () => void
}

/** The age of what a list shows, and the button that reads it again. */
export const UpdatedMark = ({ what, atMs, isRefetching, onRefresh }: UpdatedMarkProps) => (
  <span className="inline-flex items-center gap-1">
    {atMs === undefined ? null : (
      <span>
        {what === undefined ? null : `${what} `}read <Time atMs={atMs} />
      </span>
    )}
    <Button
      variant="quiet"
      size="icon"
      aria-label="Read again"
      isBusy={isRefetching}
      onClick={onRefresh}
      icon={<RotateCw aria-hidden className={cn(isRefetching && 'animate-spin')} />}
    />
  </span>
)
