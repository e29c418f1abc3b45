'use client'

import { useEffect, useRef, useState } from 'react'

const quietMs = 15_000

/**
 * Tells screen readers the newest sentence, at most every 15 s. A sentence that comes sooner waits; if
 * another follows, only the last is told.
 */
export const LiveRegion = ({ text }: { text: string }) => {
  const [told, setTold] = useState('')
  const lastAt = useRef(-quietMs)
  useEffect(() => {
    const waitMs = Math.max(0, lastAt.current + quietMs - performance.now())
    const timer = setTimeout(() => {
      lastAt.current = performance.now()
      setTold(text)
    }, waitMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {told}
    </div>
  )
}
