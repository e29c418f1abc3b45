'use client'

import { X } from 'lucide-react'
import * as DialogPrimitive from 'radix-ui/dialog'
import { useRef, type ReactNode } from 'react'
import { buttonLook } from './button-look'
import { cn } from './cn'

type PanelProps = {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  /** One sentence under the title; announced with it. */
  description?: ReactNode
  children: ReactNode
  footer?: ReactNode
  className?: string
}

const overlay = 'fixed inset-0 z-40 bg-[rgb(6_14_18/0.45)]'

/** Brings the focus back to where it was when the panel opened, or where that is gone to the page. Panels are opened by rows and addresses, so Radix knows no trigger to return to. */
const useFocusReturn = () => {
  const opener = useRef<Element | null>(null)
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      const target = opener.current?.isConnected ? opener.current : document.querySelector('main')
      if (target instanceof HTMLElement) target.focus({ preventScroll: true })
    },
  }
}

const Panel = ({ isOpen, onClose, title, description, children, footer, className, place }: PanelProps & { place: string }) => {
  const focusReturn = useFocusReturn()
  return (
    <DialogPrimitive.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogPrimitive.Portal>
        <DialogPrimitive.Overlay className={overlay} />
        <DialogPrimitive.Content
          {...focusReturn}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn('fixed z-40 flex flex-col border border-line bg-surface text-sm shadow focus:outline-none', place, className)}
        >
          <div className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <DialogPrimitive.Title className="text-base font-semibold break-words">{title}</DialogPrimitive.Title>
              {description ? <DialogPrimitive.Description className="text-text-2">{description}</DialogPrimitive.Description> : null}
            </div>
            <DialogPrimitive.Close className={buttonLook({ variant: 'quiet', size: 'icon' })} aria-label="Close">
              <X aria-hidden />
            </DialogPrimitive.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">{children}</div>
          {footer ? <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">{footer}</div> : null}
        </DialogPrimitive.Content>
      </DialogPrimitive.Portal>
    </DialogPrimitive.Root>
  )
}

/** A question in the middle of the screen. Closed by Escape, the cross and a click outside. */
export const Dialog = (props: PanelProps) => (
  <Panel {...props} place="top-[12dvh] left-1/2 max-h-[76dvh] w-[min(560px,calc(100vw-24px))] -translate-x-1/2 rounded-lg" />
)

/** Details at the right edge; on a narrow screen the whole width. */
export const Drawer = (props: PanelProps) => <Panel {...props} place="top-0 right-0 h-dvh w-[min(620px,100vw)] border-y-0 border-r-0" />
