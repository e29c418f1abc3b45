'use client'

import { useLayoutEffect, useRef, useState } from 'react'

const belowPx = 20

/** The height left for the rows when the table ends where the window ends, with all that stands above it and under its rows. */
const roomOf = (frame: HTMLElement, rows: HTMLElement): number => {
  const above = frame.getBoundingClientRect().top + window.scrollY
  return Math.floor(window.innerHeight - above - (frame.offsetHeight - rows.offsetHeight) - belowPx)
}

/** Measures that height, again whenever a notice comes or goes or the window changes; null until then. */
export const useRoom = (isWanted: boolean) => {
  const frame = useRef<HTMLDivElement>(null)
  const [roomPx, setRoomPx] = useState<number | null>(null)
  useLayoutEffect(() => {
    const box = frame.current
    const rows = box?.querySelector<HTMLElement>('[aria-rowcount]')
    if (!isWanted || !box?.parentElement || !rows) return
    const measure = () => setRoomPx(roomOf(box, rows))
    const observer = new ResizeObserver(measure)
    observer.observe(box.parentElement)
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [isWanted])
  return { frame, roomPx }
}
