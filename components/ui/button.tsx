'use client'

import { cva, type VariantProps } from 'class-variance-authority'
import { useId, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { cn } from './cn'
import { Tooltip } from './tooltip'
import { VisuallyHidden } from './visually-hidden'

/** The look of a button, also for links that act as one. */
export const buttonLook = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded border font-medium whitespace-nowrap select-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-accent bg-accent text-accent-ink hover:not-aria-disabled:brightness-110',
        secondary: 'border-line-2 bg-surface text-text hover:not-aria-disabled:bg-sunken',
        quiet: 'border-transparent bg-transparent text-text-2 hover:not-aria-disabled:bg-sunken hover:not-aria-disabled:text-text',
        danger: 'border-failed bg-surface text-failed hover:not-aria-disabled:bg-failed-soft',
      },
      size: {
        small: 'h-6 px-2 text-xs',
        medium: 'h-[30px] px-3 text-sm',
        icon: 'size-[30px] p-0',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
)

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> &
  VariantProps<typeof buttonLook> & {
    /** Why the button does nothing now. It stays reachable, so that the reason can be read. */
    disabledReason?: string | null
    /** The action is on its way: the button waits and says so. */
    isBusy?: boolean
    icon?: ReactNode
  }

export const Button = ({
  variant,
  size,
  disabledReason,
  isBusy = false,
  icon,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) => {
  const reasonId = useId()
  const isOff = Boolean(disabledReason) || isBusy
  const handleClick = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff) event.preventDefault()
    else onClick?.(event)
  }
  const button = (
    <button
      {...rest}
      type={type}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      aria-describedby={disabledReason ? reasonId : rest['aria-describedby']}
      className={cn(buttonLook({ variant, size }), isBusy && 'cursor-progress', className)}
      onClick={handleClick}
    >
      {icon}
      {children}
    </button>
  )
  if (!disabledReason) return button
  return (
    <>
      <Tooltip content={disabledReason}>{button}</Tooltip>
      <VisuallyHidden id={reasonId}>{disabledReason}</VisuallyHidden>
    </>
  )
}
