'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

const shownMs = 1600

type CopyButtonProps = { text: string; label: string; tabIndex?: number }

/** Copies an id; the icon and the name tell that it is done, or that the browser refused. */
export const CopyButton = ({ text, label, tabIndex }: CopyButtonProps) => {
  const [result, setResult] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (result === null) return
    const timer = setTimeout(() => setResult(null), shownMs)
    return () => clearTimeout(timer)
  }, [result])
  const copy = () => {
    const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))
    done.then(
      () => setResult('copied'),
      () => setResult('refused'),
    )
  }
  const name = result === 'copied' ? 'Copied' : result === 'refused' ? 'The browser refused to copy' : label
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={name}
      title={name}
      onClick={(event) => {
        event.stopPropagation()
        copy()
      }}
      className="inline-flex size-6 items-center justify-center rounded-sm text-text-3 hover:bg-sunken hover:text-text print:hidden"
    >
      {result === 'copied' ? <Check aria-hidden className="size-3.5 text-moved" /> : <Copy aria-hidden className="size-3.5" />}
    </button>
  )
}
