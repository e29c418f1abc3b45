import { Status, type StatusName } from '@/components/ui/status'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/lib/format/safe-text'
import type { HeartbeatAnswer } from '@/lib/contract/clusters'

const looks = {
  reporting: { status: 'ready', word: 'Reporting' },
  stale: { status: 'warning', word: 'Silent' },
  unknown: { status: 'unknown', word: 'Not known' },
} as const satisfies Record<HeartbeatAnswer['state'], { status: StatusName; word: string }>

/** Whether the cluster's controller reports to Spot, and when it last did. */
export const HeartbeatMark = ({ heartbeat }: { heartbeat: HeartbeatAnswer }) => {
  const { status, word } = looks[heartbeat.state]
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={heartbeat.status ? `Spot says ${visibleText(heartbeat.status)}` : undefined}>
      <Status name={status}>{word}</Status>
      {heartbeat.lastHeartbeatMs === null ? null : (
        <span className="text-text-3 max-sm:hidden">
          <Time atMs={heartbeat.lastHeartbeatMs} isFocusable={false} />
        </span>
      )}
    </span>
  )
}
