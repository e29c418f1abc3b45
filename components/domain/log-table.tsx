'use client'

import Link from 'next/link'
import { useMemo, useState, type ReactNode } from 'react'
import type { Sort, TableColumn } from '@/components/table/column'
import { CopyCell } from '@/components/table/copy-cell'
import { DataTable } from '@/components/table/data-table'
import { Badge } from '@/components/ui/badge'
import { Notice } from '@/components/ui/notice'
import type { ShownError } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { routes } from '@/lib/routes'
import { LogDrawer } from './log-drawer'
import { causesIn, type LogEntry } from './log-rows'
import { NarrowSeverity, SeverityMark } from './severity-mark'

const rowId = ({ id }: LogEntry) => id

const columnsOf = (clusterId: string): readonly TableColumn<LogEntry>[] => [
  {
    id: 'time',
    header: 'Time',
    width: 130,
    narrowWidth: 118,
    canHide: false,
    sortValue: ({ atMs }) => atMs,
    cell: ({ atMs }) => (atMs === null ? <span className="text-text-3">–</span> : <Time atMs={atMs} show="second" isFocusable={false} />),
  },
  { id: 'severity', header: 'Severity', width: 100, sortValue: ({ severity }) => severity, cell: ({ severity }) => <SeverityMark severity={severity} /> },
  {
    id: 'message',
    header: 'Message',
    width: 560,
    narrowWidth: 190,
    cell: ({ message, severity, cause }) => (
      <>
        <NarrowSeverity severity={severity} />
        <span className="truncate" title={visibleText(message)}>
          {visibleText(message)}
        </span>
        {cause === null ? null : (
          <Badge tone="skipped" className="shrink-0">
            Remedy
          </Badge>
        )}
      </>
    ),
  },
  {
    id: 'run',
    header: 'Run',
    width: 130,
    sortValue: ({ migrationId }) => migrationId,
    cell: ({ migrationId }) =>
      migrationId === null ? (
        <span className="text-text-3">–</span>
      ) : (
        <CopyCell text={migrationId}>
          <Link href={routes.run(clusterId, migrationId)} prefetch={false} className="truncate font-mono text-xs text-accent hover:underline">
            {migrationId}
          </Link>
        </CopyCell>
      ),
  },
]

type LogTableProps = {
  label: string
  clusterId: string
  entries: readonly LogEntry[] | undefined
  /** Within a run's own page the run is not named again. */
  hasRun?: boolean
  sort?: Sort | null
  onSortChange?: (sort: Sort | null) => void
  empty: ReactNode
  error?: ShownError | null
  onRetry?: () => void
  isRefetching?: boolean
  footer?: ReactNode
}

const none: ReadonlySet<string> = new Set()
const withoutRun: ReadonlySet<string> = new Set(['run'])

/** Lines of the log, with what the known failures among them mean and ask for. */
export const LogTable = ({ clusterId, entries, hasRun = true, ...table }: LogTableProps) => {
  const columns = useMemo(() => columnsOf(clusterId), [clusterId])
  const causes = useMemo(() => causesIn(entries ?? []), [entries])
  const [open, setOpen] = useState<LogEntry | null>(null)
  return (
    <>
      {causes.map(({ cause, count }) => (
        <Notice key={cause.id} tone="warning" title={cause.sentence} className="mb-3">
          {cause.remedy} <span className="text-text-2">({counted(count, 'line')})</span>
        </Notice>
      ))}
      <DataTable {...table} columns={columns} rows={entries} rowId={rowId} hiddenColumns={hasRun ? none : withoutRun} onOpen={setOpen} openId={open?.id ?? null} />
      <LogDrawer clusterId={clusterId} entry={open} onClose={() => setOpen(null)} />
    </>
  )
}
