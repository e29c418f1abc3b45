import Link from 'next/link'
import { RunStatusBadge } from '@/components/domain/badges'
import { OutcomeBar } from '@/components/domain/outcome-bar'
import { byWhom } from '@/components/domain/started-by'
import type { TableColumn } from '@/components/table/column'
import { CopyCell } from '@/components/table/copy-cell'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import type { RunSummary } from '@/lib/contract/run'
import { hasEnded } from '@/lib/domain/run-rules'
import { formatCount } from '@/lib/format/numbers'
import { poolsText } from '@/lib/format/pools'
import { visibleText } from '@/lib/format/safe-text'
import { routes } from '@/lib/routes'
import { TookCell } from './took-cell'

const Dash = () => <span className="text-text-3">–</span>

const batchesOf = ({ currentBatch, numOfBatches, status, endedAtMs }: RunSummary): string => {
  if (numOfBatches === null) return '–'
  const isWhole = currentBatch === null || (hasEnded(status, endedAtMs) && currentBatch === numOfBatches)
  return isWhole ? String(numOfBatches) : `${currentBatch} of ${numOfBatches}`
}

const tookMs = ({ startedAtMs, endedAtMs }: RunSummary): number | null => (startedAtMs === null || endedAtMs === null ? null : endedAtMs - startedAtMs)

/** The comment, and the node pools where the run was started with those. */
const remarkOf = ({ comment, nodePoolNames }: RunSummary): string => [...(comment === '' ? [] : [visibleText(comment)]), ...(nodePoolNames === undefined ? [] : [poolsText(nodePoolNames)])].join(', ')

/** What a narrow screen has no columns for: how far it came, and the remark. */
const narrowRemarkOf = (run: RunSummary): string =>
  [...(run.counts.total === 0 ? [] : [`${formatCount(run.counts.moved)} of ${formatCount(run.counts.total)} moved`]), ...(run.source === 'api' ? ['API only'] : []), ...(remarkOf(run) === '' ? [] : [remarkOf(run)])].join(', ')

/** The list of runs: what tells the outcome stands first, and all of it fits a window of 1,280 pixels. */
export const runColumns: readonly TableColumn<RunSummary>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 134,
    narrowWidth: 112,
    canHide: false,
    sortValue: ({ migrationId }) => migrationId,
    cell: ({ clusterId, migrationId, startedAtMs }) => (
      <span className="flex min-w-0 flex-col leading-4">
        <CopyCell text={migrationId}>
          <Link href={routes.run(clusterId, migrationId)} prefetch={false} className="truncate font-mono text-xs text-accent hover:underline">
            {visibleText(migrationId)}
          </Link>
        </CopyCell>
        <span className="truncate text-xs text-text-2 sm:hidden">{startedAtMs === null ? 'start not said' : <Time atMs={startedAtMs} show="day" isFocusable={false} />}</span>
      </span>
    ),
  },
  {
    id: 'started',
    header: 'Started',
    width: 116,
    sortValue: ({ startedAtMs }) => startedAtMs,
    cell: ({ startedAtMs }) => (startedAtMs === null ? <Dash /> : <Time atMs={startedAtMs} show="day" isFocusable={false} />),
  },
  {
    id: 'status',
    header: 'Status',
    width: 222,
    share: 300,
    narrowWidth: 204,
    sortValue: ({ status }) => status,
    cell: (run) => (
      <span className="flex min-w-0 flex-col leading-4">
        <span className="flex min-w-0 items-center gap-1.5 max-sm:text-xs">
          <RunStatusBadge status={run.status} counts={run.counts} />
          {run.source === 'api' ? (
            <Badge tone="outline" className="shrink-0 max-sm:hidden">
              API only
            </Badge>
          ) : null}
        </span>
        <span className="truncate text-xs text-text-2 sm:hidden">{narrowRemarkOf(run)}</span>
      </span>
    ),
  },
  { id: 'outcome', header: 'Outcome', width: 96, cell: ({ counts }) => (counts.total === 0 ? <Dash /> : <OutcomeBar counts={counts} />) },
  {
    id: 'moved',
    header: 'Moved',
    width: 76,
    align: 'end',
    sortValue: ({ counts }) => (counts.total === 0 ? null : counts.moved / counts.total),
    cell: ({ counts }) => (counts.total === 0 ? <Dash /> : `${formatCount(counts.moved)} / ${formatCount(counts.total)}`),
  },
  { id: 'took', header: 'Took', width: 98, align: 'end', sortValue: tookMs, cell: (run) => <TookCell run={run} /> },
  {
    id: 'comment',
    header: 'Comment',
    width: 84,
    share: 200,
    sortValue: (run) => remarkOf(run) || null,
    cell: (run) =>
      remarkOf(run) === '' ? (
        <Dash />
      ) : (
        <span className="truncate text-text-2" title={remarkOf(run)}>
          {remarkOf(run)}
        </span>
      ),
  },
  { id: 'by', header: 'By', width: 90, sortValue: byWhom, cell: (run) => <span className="truncate">{byWhom(run)}</span> },
  { id: 'batches', header: 'Batches', width: 72, align: 'end', sortValue: ({ numOfBatches }) => numOfBatches, cell: batchesOf },
]
