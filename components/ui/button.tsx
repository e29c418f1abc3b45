'use client'

import type { VariantProps } from 'class-variance-authority'
import { useId, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { buttonLook } from './button-look'
import { cn } from './cn'
import { Tooltip } from './tooltip'
import { VisuallyHidden } from './visually-hidden'

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> &
  VariantProps<typeof buttonLook> & {
    /** Why the button does nothing now; null while it does. It stays reachable, so that the reason can be read, and keeps the focus when one comes or goes. */
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
  if (disabledReason === undefined) return button
  return (
    <>
      <Tooltip content={disabledReason}>{button}</Tooltip>
      {disabledReason === null ? null : <VisuallyHidden id={reasonId}>{disabledReason}</VisuallyHidden>}
    </>
  )
}
