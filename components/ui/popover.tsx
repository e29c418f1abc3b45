'use client'

import * as PopoverPrimitive from 'radix-ui/popover'
import type { ReactNode } from 'react'

type PopoverProps = { trigger: ReactNode; label: string; align?: 'start' | 'end'; children: ReactNode }

/** A small panel beside its button. `label` names it for screen readers. */
export const Popover = ({ trigger, label, align = 'start', children }: PopoverProps) => (
  <PopoverPrimitive.Root>
    <PopoverPrimitive.Trigger asChild>{trigger}</PopoverPrimitive.Trigger>
    <PopoverPrimitive.Portal>
      <PopoverPrimitive.Content
        aria-label={label}
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="z-50 w-[min(360px,calc(100vw-16px))] rounded border border-line-2 bg-surface p-3 text-sm shadow"
      >
        {children}
      </PopoverPrimitive.Content>
    </PopoverPrimitive.Portal>
  </PopoverPrimitive.Root>
)
