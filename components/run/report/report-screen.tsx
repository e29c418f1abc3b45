'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { RunStatusBadge } from '@/components/domain/badges'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Paper } from '@/components/ui/paper'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import type { RunRecord } from '@/lib/contract/run'
import { foldRun } from '@/lib/domain/progress/state'
import { visibleText } from '@/lib/format/safe-text'
import { absoluteTime } from '@/lib/format/time'
import { asProblem } from '@/lib/queries/problem-error'
import { runQuery } from '@/lib/queries/runs'
import { routes } from '@/lib/routes'
import { redactRecord } from '../export/redact'
import { figuresOf, type RunFigures } from '../facts'
import { LandingCard } from '../landing-card'
import { LeftoversCard } from '../leftovers-card'
import { runNodes } from '../node-rows'
import { OptionsTab } from '../options-tab'
import { OutcomeLedger } from '../outcome-ledger'
import { RunCharts } from '../run-charts'
import { emptyView, type RunView } from '../run-feed'
import { RunNotices } from '../run-notices'
import { RunFacts, RunProgress } from '../run-progress'
import { reportParams } from '../search-params'
import { ReportNodes } from './report-nodes'

/** When the run ended, as far as that is known. */
const endText = ({ isOver, endedAtMs }: RunFigures): string => {
  if (endedAtMs !== null) return `, ended ${absoluteTime(endedAtMs)}`
  return isOver ? ', end not known' : ', not over yet'
}

const Report = ({ record }: { record: RunRecord }) => {
  const view: RunView = useMemo(() => ({ ...emptyView, record, state: foldRun(record.changes), changes: record.changes, freshness: record.freshness, link: 'ended' }), [record])
  const figures = useMemo(() => figuresOf(record.run, view.state), [record.run, view.state])
  const nodes = useMemo(() => runNodes(view.state), [view.state])
  const { run, options, serverNowMs } = record
  return (
    <Paper>
      <RunFacts view={view} figures={figures} options={options} atMs={serverNowMs} />
      <RunNotices record={record} state={view.state} isOver={figures.isOver} />
      <RunProgress view={view} figures={figures} />
      {figures.isOver ? <OutcomeLedger state={view.state} /> : null}
      {figures.isOver ? <LeftoversCard state={view.state} terminates={options.shouldTerminateNodes} /> : null}
      <LandingCard state={view.state} />
      {run.source === 'api' ? null : <RunCharts view={view} figures={figures} replayed={null} />}
      <h2 className="mt-5 mb-2 text-sm font-semibold">Started with</h2>
      <OptionsTab run={run} options={options} />
      <ReportNodes nodes={nodes} />
      <p className="mt-4 text-xs text-text-3">
        Written {absoluteTime(serverNowMs)}. Times are those at which Slipway saw a change, exact to one reading. Spot tells no batch of a node: it is the batch that was current when the node was first seen moving.
      </p>
    </Paper>
  )
}

/** A run on paper: every figure of its page, all its nodes, and nothing to press. */
export const ReportScreen = ({ clusterId, migrationId }: { clusterId: string; migrationId: string }) => {
  const [names] = useQueryState('names', reportParams.names)
  const { data, error, isFetching, refetch } = useQuery({ ...runQuery(clusterId, migrationId), refetchInterval: false })
  const isRedacted = names === 'hidden'
  const record = useMemo(() => (data && isRedacted ? redactRecord(data) : data), [data, isRedacted])
  if (!record) return error ? <ErrorState className="py-24" error={asProblem(error)} onRetry={() => void refetch()} isRetrying={isFetching} /> : <Skeleton className="h-80" />
  const figures = figuresOf(record.run, foldRun(record.changes))
  return (
    <article className="mx-auto max-w-5xl">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h1 className="flex flex-wrap items-center gap-3 text-lg font-semibold">
          Migration <span className="font-mono">{visibleText(record.run.migrationId)}</span>
          <RunStatusBadge status={figures.status} counts={figures.counts} />
        </h1>
        <span className="flex gap-2 print:hidden">
          <Link href={routes.run(clusterId, migrationId)} className={buttonLook({})}>
            Back to the run
          </Link>
          <Button variant="primary" onClick={() => window.print()}>
            Print
          </Button>
        </span>
      </div>
      <p className="text-text-2">
        Cluster <span className="font-mono">{visibleText(record.run.clusterId)}</span>
        {figures.startedAtMs === null ? null : `, started ${absoluteTime(figures.startedAtMs)}`}
        {endText(figures)}
        {isRedacted ? '. Names are replaced; log lines and the scheduler’s reasons are left out.' : '.'}
      </p>
      <Report record={record} />
    </article>
  )
}
