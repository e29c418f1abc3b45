'use client'

import { useNow } from '@/components/ui/use-now'
import type { RunSummary } from '@/lib/contract/run'
import { isFinalRun } from '@/lib/domain/run-rules'
import { formatDuration } from '@/lib/format/duration'

/** How long a run took, or has been on. */
export const TookCell = ({ run: { startedAtMs, endedAtMs, status } }: { run: RunSummary }) => {
  const now = useNow()
  const untilMs = endedAtMs ?? (isFinalRun(status) ? null : now)
  if (startedAtMs === null || untilMs === null) return <span className="text-text-3">–</span>
  return <span>{formatDuration(untilMs - startedAtMs)}</span>
}
