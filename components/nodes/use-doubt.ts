'use client'

import { useMemo } from 'react'
import { useNow } from '@/components/ui/use-now'
import { asProblem } from '@/lib/queries/problem-error'
import { doubtOf } from './doubt'

type Answered = { dataUpdatedAt: number; error: unknown }

/** What speaks against all that the page shows; the same object as long as it says the same. */
export const useDoubt = (nodes: Answered, checks: Answered) => {
  const nowMs = useNow()
  const checksProblem = checks.error == null ? null : (asProblem(checks.error).detail ?? 'No answer came.')
  const doubt = doubtOf({ nowMs, nodesAtMs: nodes.dataUpdatedAt, checksAtMs: checks.dataUpdatedAt, checksProblem })
  const sentence = doubt?.sentence ?? null
  // eslint-disable-next-line react-hooks/exhaustive-deps -- its sentence is all that tells one doubt from another
  return useMemo(() => doubt, [sentence])
}
