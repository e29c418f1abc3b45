import { cn } from './cn'

/** A grey bar where text will stand. Screen readers hear the region's own "loading" instead. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden className={cn('block h-3 animate-pulse rounded-sm bg-line/60', className)} />
)
