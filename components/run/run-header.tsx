'use client'

import { RunStatusBadge } from '@/components/domain/badges'
import { FreshnessMark, type ConnectionState } from '@/components/domain/freshness-mark'
import { whyNotDelete } from '@/components/domain/why-not-delete'
import { CopyButton } from '@/components/ui/copy-button'
import { Time } from '@/components/ui/time'
import type { RunRecord } from '@/lib/contract/run'
import { poolsText } from '@/lib/format/pools'
import { visibleText } from '@/lib/format/safe-text'
import { clockTimeSeconds } from '@/lib/format/time'
import type { RunFigures } from './facts'
import type { RunView } from './run-feed'
import { ExportMenu } from './export/export-menu'
import { DeleteButton } from './delete-button'
import { StopButton } from './stop-button'
import { WayBack } from './way-back'

type RunHeaderProps = {
  record: RunRecord
  view: RunView
  figures: RunFigures
  /** What the page shows: the same, or a moment of a replay. What can be done goes by how the run stands now. */
  shown: { figures: RunFigures; atMs: number | null }
  connection: ConnectionState
}

const readAtOf = ({ freshness, clockOffsetMs }: RunView): number | null =>
  freshness?.lastPolledAtMs == null ? null : freshness.lastPolledAtMs - clockOffsetMs

/** Which run this is, how it stands, how fresh that is, and what can be done. */
export const RunHeader = ({ record, record: { run }, view, figures, shown, connection }: RunHeaderProps) => (
  <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex items-center gap-1 font-mono text-lg font-semibold">
          <bdi>{visibleText(run.migrationId)}</bdi>
          <CopyButton text={run.migrationId} label="Copy the run id" />
        </span>
        <RunStatusBadge status={shown.figures.status} counts={shown.figures.counts} />
        {shown.atMs === null ? null : <span className="text-text-2">at {clockTimeSeconds(shown.atMs)}</span>}
      </h1>
      <p className="min-w-0 text-text-2">
        {figures.startedAtMs === null ? 'start not said' : <>started <Time atMs={figures.startedAtMs} show="day" /></>}
        {run.startedBy ? ` by ${visibleText(run.startedBy)}` : null}
        {run.nodePoolNames ? ` as ${poolsText(run.nodePoolNames)}` : null}
        {run.comment ? <span className="break-words">, “{visibleText(run.comment)}”</span> : null}
      </p>
    </div>
    <div className="flex flex-wrap items-center gap-3">
      <FreshnessMark connection={connection} readAtMs={readAtOf(view)} problem={view.freshness?.problem ?? null} isRecorded={run.source !== 'api'} isEndKnown={!figures.isOver || figures.endedAtMs !== null} />
      <ExportMenu record={record} changes={view.changes} />
      <WayBack clusterId={run.clusterId} migrationId={run.migrationId} />
      <DeleteButton clusterId={run.clusterId} migrationId={run.migrationId} disabledReason={whyNotDelete({ source: run.source, status: figures.status, endedAtMs: figures.endedAtMs })} />
      <StopButton clusterId={run.clusterId} migrationId={run.migrationId} figures={figures} state={view.state} />
    </div>
  </div>
)
