'use client'

import dynamic from 'next/dynamic'
import { useEffect, useMemo } from 'react'
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
import { RunHeader } from './run-header'
import { RunNotices } from './run-notices'
import { RunFacts, RunProgress } from './run-progress'
import { RunTabs } from './run-tabs'
import type { RunView } from './run-feed'
import { useReplay, useReplayedView } from './replay/use-replay'
import { useRunStream } from './use-run-stream'

const ChartsSkeleton = () => (
  <div className="mt-3 grid gap-3 lg:grid-cols-[3fr_2fr]">
    <Skeleton className="h-[240px] rounded-lg" />
    <Skeleton className="h-[240px] rounded-lg" />
  </div>
)
// The figures come first; a run that is on shows none of the cards at all.
const EndedCards = dynamic(() => import('./ended-cards').then((file) => file.EndedCards), { ssr: false, loading: () => <Skeleton className="mt-3 h-32" /> })
const RunCharts = dynamic(() => import('./run-charts').then((file) => file.RunCharts), { ssr: false, loading: () => <ChartsSkeleton /> })
const LandingCard = dynamic(() => import('./landing-card').then((file) => file.LandingCard), { ssr: false })
// It waits for an answer of its own.
const RecordingNotice = dynamic(() => import('./recording-notice').then((file) => file.RecordingNotice), { ssr: false })
const ReplayBar = dynamic(() => import('./replay/replay-bar').then((file) => file.ReplayBar), { ssr: false, loading: () => <Skeleton className="mt-3 h-14" /> })

const Loading = ({ migrationId }: { migrationId: string }) => (
  <div aria-busy="true">
    <PageHeader title={<span className="font-mono text-lg">{migrationId}</span>} />
    <VisuallyHidden>Loading the run</VisuallyHidden>
    <Skeleton className="mb-3 h-5 w-2/3" />
    <Skeleton className="mb-3 h-[76px] w-full rounded-lg" />
    <ChartsSkeleton />
  </div>
)

type LoadedProps = { view: RunView & { record: NonNullable<RunView['record']> }; askError: unknown }

const Loaded = ({ view, askError }: LoadedProps) => {
  const { record, state, link } = view
  const figures = useMemo(() => figuresOf(record.run, state), [record.run, state])
  const isRecorded = record.run.source !== 'api'
  const canReplay = isRecorded && figures.isOver && state.seq > 1
  const replay = useReplay(view)
  const atMs = canReplay ? replay.atMs : null
  const shown = useReplayedView(view, atMs)
  const shownFigures = useMemo(() => (shown === view ? figures : figuresOf(shown.record.run, shown.state)), [shown, view, figures])
  const nodes = useMemo(() => runNodes(shown.state), [shown.state])
  const connection = connectionOf(view, askError !== null, record.serverNowMs)
  const headline = runHeadline(shownFigures.status, shownFigures.counts)
  // The server knows the id alone when it names the page.
  useEffect(() => {
    document.title = `Run ${record.run.migrationId}: ${headline} · Slipway`
  }, [record.run.migrationId, headline])
  return (
    <>
      <RunHeader record={record} view={view} figures={figures} shown={{ figures: shownFigures, atMs }} connection={connection} />
      <LiveRegion text={spokenProgress(headline, shownFigures)} />
      <RunFacts view={shown} figures={shownFigures} options={record.options} atMs={atMs} />
      {askError !== null && link === 'failed' ? (
        <Notice tone="warning" role="status" className="mt-3" title="Not up to date.">
          {asProblem(askError).detail} The run goes on without this page.
        </Notice>
      ) : null}
      {canReplay ? <ReplayBar replay={replay} /> : null}
      <RunNotices record={record} state={shown.state} isOver={shownFigures.isOver} />
      {isRecorded && !figures.isOver ? <RecordingNotice clusterId={record.run.clusterId} migrationId={record.run.migrationId} state={view.freshness?.state ?? null} /> : null}
      <RunProgress view={shown} figures={shownFigures} />
      {shownFigures.isOver ? <EndedCards record={record} state={shown.state} nodes={nodes} /> : null}
      {isRecorded ? <RunCharts view={view} figures={figures} replayed={atMs === null ? null : { view: shown, figures: shownFigures, cursorMs: atMs }} /> : null}
      {shown.state.landing.looks.length > 0 ? <LandingCard state={shown.state} /> : null}
      <RunTabs record={record} view={shown} nodes={nodes} isOver={shownFigures.isOver} />
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
