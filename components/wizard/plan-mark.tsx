'use client'

import { useEffect, useState } from 'react'
import type { PreferencesInput } from '@/lib/contract/draft'
import { planHash, shortHash } from '@/lib/contract/plan-hash'
import type { ReviewedPlan } from '@/lib/domain/plan/reviewed'

type PlanMarkProps = { reviewed: ReviewedPlan; nodePoolNames: string[] | null; preferences: PreferencesInput }

/** The short hash of the plan that is launched: the run's page shows the same one. */
export const PlanMark = ({ reviewed, nodePoolNames, preferences }: PlanMarkProps) => {
  const [hash, setHash] = useState<string | null>(null)
  useEffect(() => {
    let isLate = false
    const { comment, ...options } = preferences
    void planHash(reviewed, { comment, options, nodePoolNames: nodePoolNames ?? undefined }).then((made) => {
      if (!isLate) setHash(made)
    })
    return () => {
      isLate = true
    }
  }, [reviewed, nodePoolNames, preferences])
  return hash === null ? null : (
    <>
      plan <span className="font-mono">{shortHash(hash)}</span>
    </>
  )
}
