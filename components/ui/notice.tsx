import type { ReactNode } from 'react'
import { cn } from './cn'
import { StatusGlyph, type StatusName } from './status'

const tones = {
  info: { box: 'bg-moving-soft', glyph: 'info' },
  warning: { box: 'bg-skipped-soft', glyph: 'warning' },
  error: { box: 'bg-failed-soft', glyph: 'failed' },
  done: { box: 'bg-moved-soft', glyph: 'moved' },
} as const satisfies Record<string, { box: string; glyph: StatusName }>

type NoticeProps = {
  tone?: keyof typeof tones
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
  /** `alert` for what appears after an action, so that it is read out. */
  role?: 'alert' | 'status' | 'note'
  className?: string
}

/** A sentence across the page that a person should read before going on. */
export const Notice = ({ tone = 'info', title, children, action, role = 'note', className }: NoticeProps) => (
  <div role={role} className={cn('flex flex-wrap items-start gap-2.5 rounded px-3 py-2.5', tones[tone].box, className)}>
    <div className="flex min-w-0 flex-1 basis-56 items-start gap-2.5">
      <StatusGlyph name={tones[tone].glyph} className="mt-0.5 size-4" />
      <div className="min-w-0 flex-1">
        {title ? <strong className="font-semibold">{title} </strong> : null}
        {children}
      </div>
    </div>
    {action}
  </div>
)
