import { cn } from './cn'

type MeterProps = {
  label: string
  value: number
  max: number
  /** The value in words: `41 of 60`. */
  text: string
  tone?: 'accent' | 'skipped' | 'failed'
  className?: string
}

const fills = { accent: 'bg-accent', skipped: 'bg-skipped', failed: 'bg-failed' } as const

/** A bar that shows how much of a known whole is there. */
export const Meter = ({ label, value, max, text, tone = 'accent', className }: MeterProps) => {
  const share = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={text}
      className={cn('inline-block h-[5px] w-14 overflow-hidden rounded-full bg-line', className)}
    >
      <span className={cn('block h-full rounded-full', fills[tone])} style={{ width: `${share}%` }} />
    </span>
  )
}
