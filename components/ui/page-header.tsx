import type { ReactNode } from 'react'

type PageHeaderProps = { title: ReactNode; meta?: ReactNode; actions?: ReactNode }

/** The page's one heading, with its figures beside it and its actions at the right. */
export const PageHeader = ({ title, meta, actions }: PageHeaderProps) => (
  <div className="mb-3 flex min-h-[30px] flex-wrap items-center justify-between gap-x-4 gap-y-2">
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      {meta ? <div className="text-text-2">{meta}</div> : null}
    </div>
    {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
  </div>
)
