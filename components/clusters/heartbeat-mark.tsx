import { Status, type StatusName } from '@/components/ui/status'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/lib/format/safe-text'
import type { HeartbeatAnswer } from '@/lib/contract/clusters'

/** Without a word of ours Spot's own stands there. */
const looks = {
  reporting: { status: 'ready', word: 'Reporting' },
  stale: { status: 'warning', word: 'Silent' },
  inactive: { status: 'warning', word: null },
  unknown: { status: 'unknown', word: 'Not known' },
} as const satisfies Record<HeartbeatAnswer['state'], { status: StatusName; word: string | null }>

/** Whether the cluster's controller reports to Spot, and when it last did. */
export const HeartbeatMark = ({ heartbeat }: { heartbeat: HeartbeatAnswer }) => {
  const { status, word } = looks[heartbeat.state]
  const said = visibleText(heartbeat.status ?? '')
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={said === '' ? undefined : `Spot says ${said}`}>
      <Status name={status}>{word ?? (said || 'Not active')}</Status>
      {heartbeat.lastHeartbeatMs === null ? null : (
        <span className="text-text-3 max-sm:hidden">
          <Time atMs={heartbeat.lastHeartbeatMs} isFocusable={false} />
        </span>
      )}
    </span>
  )
}
