'use client'

import { useMemo } from 'react'
import { LiveRegion } from '@/components/ui/live-region'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { ErrorState } from '@/components/ui/states'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import { runHeadline } from '@/lib/domain/outcome/headline'
import { asProblem } from '@/lib/queries/problem-error'
import { connectionOf } from './connection'
import { figuresOf, spokenProgress } from './facts'
import { runNodes } from './node-rows'
import { OutcomeLedger } from './outcome-ledger'
import { RunCharts } from './run-charts'
import { RunHeader } from './run-header'
import { RunNotices } from './run-notices'
import { RunFacts, RunProgress } from './run-progress'
import { RunTabs } from './run-tabs'
import type { RunView } from './run-feed'
import { useRunStream } from './use-run-stream'

const Loading = ({ migrationId }: { migrationId: string }) => (
  <div aria-busy="true">
    <PageHeader title={<span className="font-mono text-lg">{migrationId}</span>} />
    <VisuallyHidden>Loading the run</VisuallyHidden>
    <Skeleton className="mb-3 h-5 w-2/3" />
    <Skeleton className="mb-3 h-[76px] w-full rounded-lg" />
    <div className="grid gap-3 lg:grid-cols-[3fr_2fr]">
      <Skeleton className="h-[240px] rounded-lg" />
      <Skeleton className="h-[240px] rounded-lg" />
    </div>
  </div>
)

type LoadedProps = { view: RunView & { record: NonNullable<RunView['record']> }; askError: unknown }

const Loaded = ({ view, askError }: LoadedProps) => {
  const { record, state, link } = view
  const figures = useMemo(() => figuresOf(record.run, state), [record.run, state])
  const nodes = useMemo(() => runNodes(state), [state])
  const connection = connectionOf(view, askError !== null, record.serverNowMs)
  return (
    <>
      <RunHeader record={record} view={view} figures={figures} connection={connection} />
      <LiveRegion text={spokenProgress(runHeadline(figures.status, figures.counts), figures)} />
      <RunFacts view={view} figures={figures} options={record.options} />
      {askError !== null && link === 'failed' ? (
        <Notice tone="warning" role="status" className="mt-3" title="Not up to date.">
          {asProblem(askError).detail} The run goes on without this page.
        </Notice>
      ) : null}
      <RunNotices record={record} state={state} isOver={figures.isOver} />
      <RunProgress view={view} figures={figures} />
      {figures.isOver ? <OutcomeLedger nodes={nodes} /> : null}
      {record.run.source === 'api' ? null : <RunCharts view={view} figures={figures} />}
      <RunTabs record={record} view={view} nodes={nodes} isOver={figures.isOver} />
    </>
  )
}

/** One run: live while it goes on, and the same page as its record afterwards. */
export const RunScreen = ({ clusterId, migrationId }: { clusterId: string; migrationId: string }) => {
  const { view, query } = useRunStream(clusterId, migrationId)
  const { record } = view
  if (record !== null) return <Loaded view={{ ...view, record }} askError={query.error} />
  if (query.error) return <ErrorState className="py-24" error={asProblem(query.error)} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
  return <Loading migrationId={migrationId} />
}
