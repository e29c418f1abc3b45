'use client'

import { X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { StatusGlyph, type StatusName } from './status'
import { dismissToast, readNoToasts, readToasts, subscribeToasts, type ToastTone } from './toast-store'

const glyphs: Record<ToastTone, StatusName> = { info: 'needs-validation', done: 'moved', error: 'failed' }

/** Where toasts are drawn; mounted once. Raise one with `toast` of `./toast-store`. */
export const Toaster = () => {
  const toasts = useSyncExternalStore(subscribeToasts, readToasts, readNoToasts)
  return (
    <div role="status" aria-live="polite" className="fixed right-4 bottom-4 z-50 flex w-[min(380px,calc(100vw-32px))] flex-col gap-2">
      {toasts.map(({ id, tone, title, detail }) => (
        <div key={id} className="flex items-start gap-2 rounded border border-line-2 bg-surface px-3 py-2.5 shadow">
          <StatusGlyph name={glyphs[tone]} className="mt-0.5 size-4" />
          <div className="min-w-0 flex-1">
            <p className="font-medium">{title}</p>
            {detail ? <p className="text-text-2">{detail}</p> : null}
          </div>
          <button type="button" aria-label="Close" className="text-text-3 hover:text-text" onClick={() => dismissToast(id)}>
            <X aria-hidden className="size-4" />
          </button>
        </div>
      ))}
    </div>
  )
}
