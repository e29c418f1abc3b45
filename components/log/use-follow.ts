'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { logFollowPaceOf } from '@/lib/queries/intervals'
import { budgetQuery } from '@/lib/queries/session'

/** Reads on while it is on and the page is looked at, as often as the API budget allows. */
export const useFollow = (isOn: boolean, readOn: () => void): void => {
  const budget = useQuery({ ...budgetQuery(), enabled: isOn }).data
  const paceMs = logFollowPaceOf(budget?.busiest ?? null)
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => {
      if (!document.hidden) readOn()
    }, paceMs)
    return () => clearInterval(timer)
  }, [isOn, paceMs, readOn])
}
