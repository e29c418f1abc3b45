import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { cn } from './cn'

const look = cva('inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs whitespace-nowrap', {
  variants: {
    tone: {
      neutral: 'bg-untouched-soft text-text-2',
      outline: 'border border-line-2 text-text-2',
      accent: 'bg-accent-soft text-accent',
      moved: 'bg-moved-soft text-moved',
      moving: 'bg-moving-soft text-moving',
      skipped: 'bg-skipped-soft text-skipped',
      failed: 'bg-failed-soft text-failed',
    },
  },
  defaultVariants: { tone: 'neutral' },
})

type BadgeProps = VariantProps<typeof look> & { className?: string; children: ReactNode }

export const Badge = ({ tone, className, children }: BadgeProps) => <span className={cn(look({ tone }), className)}>{children}</span>
