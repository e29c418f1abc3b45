import {
  Circle,
  CircleCheck,
  CircleMinus,
  CircleQuestionMark,
  CircleX,
  Contrast,
  Info,
  LoaderCircle,
  Shield,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'

export type StatusName =
  | 'moved'
  | 'moving'
  | 'pending'
  | 'skipped'
  | 'failed'
  | 'untouched'
  | 'unknown'
  | 'ready'
  | 'needs-validation'
  | 'unable'
  | 'held'
  | 'warning'
  | 'info'

type Look = { icon: LucideIcon; text: string; fill: string; spins?: boolean; isHalfFilled?: boolean }

/** The one palette of states: colour and icon together; the word stands beside them. */
export const statusLook: Record<StatusName, Look> = {
  moved: { icon: CircleCheck, text: 'text-moved', fill: 'bg-moved' },
  moving: { icon: LoaderCircle, text: 'text-moving', fill: 'stripe', spins: true },
  pending: { icon: Circle, text: 'text-text-2', fill: 'bg-pending-soft ring-1 ring-inset ring-pending' },
  skipped: { icon: Shield, text: 'text-skipped', fill: 'bg-skipped' },
  failed: { icon: CircleX, text: 'text-failed', fill: 'bg-failed' },
  untouched: { icon: CircleMinus, text: 'text-untouched', fill: 'bg-untouched' },
  unknown: { icon: CircleQuestionMark, text: 'text-text-2', fill: 'bg-line-2' },
  ready: { icon: CircleCheck, text: 'text-moved', fill: 'bg-moved' },
  'needs-validation': { icon: Contrast, text: 'text-moving', fill: 'bg-moving', isHalfFilled: true },
  unable: { icon: CircleX, text: 'text-failed', fill: 'bg-failed' },
  held: { icon: Shield, text: 'text-skipped', fill: 'bg-skipped' },
  warning: { icon: TriangleAlert, text: 'text-skipped', fill: 'bg-skipped' },
  info: { icon: Info, text: 'text-moving', fill: 'bg-moving' },
}

/** The icon alone, for places where the word stands elsewhere. Hidden from screen readers. */
export const StatusGlyph = ({ name, className }: { name: StatusName; className?: string }) => {
  const { icon: Icon, text, spins, isHalfFilled } = statusLook[name]
  const extra = cn(spins && 'animate-spin [animation-duration:2.4s]', isHalfFilled && '[&>path]:fill-current')
  return <Icon aria-hidden className={cn('size-3.5 shrink-0', text, extra, className)} />
}

type StatusProps = { name: StatusName; className?: string; children: ReactNode }

/** Icon, colour and word of a state. */
export const Status = ({ name, className, children }: StatusProps) => (
  <span className={cn('inline-flex min-w-0 items-center gap-1.5 align-middle font-medium', statusLook[name].text, className)}>
    <StatusGlyph name={name} />
    {/* In a line of text the word gives the baseline, not the icon. */}
    <span className="self-baseline truncate">{children}</span>
  </span>
)
