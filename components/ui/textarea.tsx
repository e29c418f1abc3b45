import type { ComponentProps } from 'react'
import { cn } from './cn'
import { controlLook } from './input'

type TextareaProps = ComponentProps<'textarea'> & {
  /** Shows how many characters are used of how many. The field takes more, so that nothing typed is lost. */
  counter?: { used: number; max: number }
}

export const Textarea = ({ counter, className, ...rest }: TextareaProps) => (
  <div className="relative">
    <textarea {...rest} className={cn(controlLook, 'min-h-16 py-1.5', counter && 'pb-6', className)} />
    {counter ? (
      <span className={cn('absolute right-2.5 bottom-2.5 text-xs', counter.used > counter.max ? 'font-medium text-failed' : 'text-text-3')}>
        {counter.used} of {counter.max} characters
      </span>
    ) : null}
  </div>
)
