'use client'

import { useQuery } from '@tanstack/react-query'
import { Meter } from '@/components/ui/meter'
import { Tooltip } from '@/components/ui/tooltip'
import { useNow } from '@/components/ui/use-now'
import { formatShortDuration } from '@/lib/format/duration'
import { clockTimeSeconds } from '@/lib/format/time'
import { budgetQuery } from '@/lib/queries/session'

const amberShare = 0.35
const redShare = 0.1

const toneOf = (remaining: number, limit: number) => {
  const share = limit > 0 ? remaining / limit : 0
  if (share <= redShare) return 'failed'
  return share <= amberShare ? 'skipped' : 'accent'
}

/** What is left of the organisation's API budget on its busiest route. */
export const ApiMeter = () => {
  const { data } = useQuery(budgetQuery())
  const now = useNow()
  const busiest = data?.busiest
  if (!busiest) return null
  const { route, limit, remaining, resetsAtMs, blockedUntilMs } = busiest
  const isBlocked = blockedUntilMs !== null && now !== null && blockedUntilMs > now
  const text = `${remaining} of ${limit}`
  const resets = now !== null && resetsAtMs > now ? ` It fills again in ${formatShortDuration(resetsAtMs - now)}.` : ''
  return (
    <Tooltip side="bottom" content={`${text} calls are left for ${route} in this minute.${resets}`}>
      <span tabIndex={0} className="hidden items-center gap-2 rounded-sm text-text-2 md:inline-flex">
        <span className="text-xs">API budget</span>
        <Meter label="API budget" value={remaining} max={limit} text={text} tone={toneOf(remaining, limit)} />
        <span className="text-xs">{isBlocked ? `resumes at ${clockTimeSeconds(blockedUntilMs)}` : text}</span>
      </span>
    </Tooltip>
  )
}
