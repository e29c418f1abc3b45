import Link from 'next/link'
import { RunStatusBadge } from '@/components/domain/badges'
import { OutcomeBar } from '@/components/domain/outcome-bar'
import type { TableColumn } from '@/components/table/column'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import type { RunSummary } from '@/lib/contract/run'
import { isFinalRun } from '@/lib/domain/run-rules'
import { formatCount } from '@/lib/format/numbers'
import { poolsText } from '@/lib/format/pools'
import { visibleText } from '@/lib/format/safe-text'
import { routes } from '@/lib/routes'
import { TookCell } from './took-cell'

const Dash = () => <span className="text-text-3">–</span>

const batchesOf = ({ currentBatch, numOfBatches, status }: RunSummary): string => {
  if (numOfBatches === null) return '–'
  const isWhole = currentBatch === null || (isFinalRun(status) && currentBatch === numOfBatches)
  return isWhole ? String(numOfBatches) : `${currentBatch} of ${numOfBatches}`
}

const unnamed: Record<RunSummary['source'], string> = { slipway: 'not noted', elsewhere: 'elsewhere', api: 'not known' }
const byWhom = ({ startedBy, source }: RunSummary): string => (startedBy !== null ? visibleText(startedBy) : unnamed[source])

const tookMs = ({ startedAtMs, endedAtMs }: RunSummary): number | null => (startedAtMs === null || endedAtMs === null ? null : endedAtMs - startedAtMs)

/** The comment, and the node pools where the run was started with those. */
const remarkOf = ({ comment, nodePoolNames }: RunSummary): string => [...(comment === '' ? [] : [visibleText(comment)]), ...(nodePoolNames === undefined ? [] : [poolsText(nodePoolNames)])].join(', ')

/** The list of runs. */
export const runColumns: readonly TableColumn<RunSummary>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 130,
    canHide: false,
    sortValue: ({ migrationId }) => migrationId,
    cell: ({ clusterId, migrationId }) => (
      <Link href={routes.run(clusterId, migrationId)} prefetch={false} className="truncate font-mono text-xs text-accent hover:underline">
        {visibleText(migrationId)}
      </Link>
    ),
  },
  {
    id: 'started',
    header: 'Started',
    width: 124,
    sortValue: ({ startedAtMs }) => startedAtMs,
    cell: ({ startedAtMs }) => (startedAtMs === null ? <Dash /> : <Time atMs={startedAtMs} show="day" isFocusable={false} />),
  },
  { id: 'by', header: 'By', width: 90, sortValue: byWhom, cell: (run) => <span className="truncate">{byWhom(run)}</span> },
  {
    id: 'comment',
    header: 'Comment',
    width: 134,
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
  { id: 'outcome', header: 'Outcome', width: 126, cell: ({ counts }) => (counts.total === 0 ? <Dash /> : <OutcomeBar counts={counts} />) },
  {
    id: 'moved',
    header: 'Moved',
    width: 84,
    align: 'end',
    sortValue: ({ counts }) => (counts.total === 0 ? null : counts.moved / counts.total),
    cell: ({ counts }) => (counts.total === 0 ? <Dash /> : `${formatCount(counts.moved)} / ${formatCount(counts.total)}`),
  },
  { id: 'batches', header: 'Batches', width: 80, align: 'end', sortValue: ({ numOfBatches }) => numOfBatches, cell: batchesOf },
  { id: 'took', header: 'Took', width: 108, align: 'end', sortValue: tookMs, cell: (run) => <TookCell run={run} /> },
  {
    id: 'status',
    header: 'Status',
    width: 280,
    sortValue: ({ status }) => status,
    cell: ({ status, counts, source }) => (
      <>
        <RunStatusBadge status={status} counts={counts} />
        {source === 'api' ? (
          <Badge tone="outline" className="shrink-0">
            API only
          </Badge>
        ) : null}
      </>
    ),
  },
]
