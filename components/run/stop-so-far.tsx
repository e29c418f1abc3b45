import { Clock } from '@/components/ui/time'
import type { RunState } from '@/lib/domain/progress/state'
import { batchDespiteStop } from '@/lib/domain/progress/stop-asked'
import { visibleText } from '@/lib/format/safe-text'

/** Who asked for a stop of a run that is on, when, and what came of it. */
export const StopSoFar = ({ state }: { state: Pick<RunState, 'facts' | 'stopAsked'> }) => {
  const { stopAsked } = state
  if (stopAsked === null) return null
  const [by, at, batch] = [visibleText(stopAsked.askedBy), <Clock key="at" atMs={stopAsked.atMs} />, batchDespiteStop(state)]
  return batch === null ? (
    <>
      {by} asked for a stop at {at}. The batch that is on ends first.
    </>
  ) : (
    <>
      A stop was asked for at {at} by {by}, and Spot has begun batch {batch} since: it did not take effect.
    </>
  )
}
