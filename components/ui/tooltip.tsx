'use client'

import * as TooltipPrimitive from 'radix-ui/tooltip'
import type { ReactNode } from 'react'

const delayMs = 250

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <TooltipPrimitive.Provider delayDuration={delayMs}>{children}</TooltipPrimitive.Provider>
)

type TooltipProps = { content: ReactNode; side?: 'top' | 'bottom' | 'left' | 'right'; children: ReactNode }

/** A hint on hover and focus; none while there is nothing to say. The child is the one focusable element that takes it. */
export const Tooltip = ({ content, side = 'top', children }: TooltipProps) => (
  <TooltipPrimitive.Root>
    <TooltipPrimitive.Trigger asChild>{children}</TooltipPrimitive.Trigger>
    {content === null ? null : (
      <TooltipPrimitive.Portal>
        <TooltipPrimitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-80 rounded bg-text px-2 py-1 text-xs text-bg shadow"
        >
          {content}
        </TooltipPrimitive.Content>
      </TooltipPrimitive.Portal>
    )}
  </TooltipPrimitive.Root>
)
