import type { ReactNode } from 'react'
import { cn } from './cn'

type CardProps = { title?: string; aside?: ReactNode; className?: string; children: ReactNode }

/** A framed part of a page. */
export const Card = ({ title, aside, className, children }: CardProps) => (
  <section aria-label={title} className={cn('rounded-lg border border-line bg-surface p-4', className)}>
    {title ? (
      <div className="mb-3 flex flex-wrap items-baseline gap-x-2">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside ? <div className="text-text-2">{aside}</div> : null}
      </div>
    ) : null}
    {children}
  </section>
)
