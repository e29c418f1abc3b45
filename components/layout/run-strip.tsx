'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { leftText } from '@/components/domain/left-text'
import { openLaunchSentence, runNotReadSentence } from '@/components/domain/open-launch'
import { settledOf } from '@/components/domain/settled'
import { useOpenLaunch } from '@/components/domain/use-open-launch'
import { cn } from '@/components/ui/cn'
import { StatusGlyph } from '@/components/ui/status'
import { Time } from '@/components/ui/time'
import { clusterQuery } from '@/lib/queries/clusters'
import { routes } from '@/lib/routes'
import { usePlace } from './use-place'

/** Without a run to lead to: one may be on, or about to be. */
const PlainStrip = ({ clusterId, isWarning, children }: { clusterId: string; isWarning: boolean; children: string }) => (
  <Link
    href={routes.runs(clusterId)}
    className={cn('flex min-h-8 print:hidden flex-wrap items-center gap-x-4 px-4 py-1 text-xs text-text-2 focus-visible:-outline-offset-2 lg:px-5', isWarning ? 'bg-skipped-soft' : 'bg-moving-soft')}
  >
    <span className="flex items-center gap-1.5 font-medium text-text">
      <StatusGlyph name={isWarning ? 'warning' : 'moving'} />
      {children}
    </span>
    <span className="ml-auto font-medium text-accent">Open runs</span>
  </Link>
)

/** On every page of a cluster while a migration is on or could be; leads to it. */
export const RunStrip = ({ clusterId }: { clusterId: string }) => {
  const { migrationId } = usePlace()
  const cluster = useQuery(clusterQuery(clusterId)).data?.cluster
  const run = cluster?.runningMigration
  const launch = useOpenLaunch(clusterId)
  if (!run && launch !== null) return <PlainStrip clusterId={clusterId} isWarning={launch.state === 'unknown'}>{openLaunchSentence(launch)}</PlainStrip>
  if (!run && cluster?.isRunRead === false) return <PlainStrip clusterId={clusterId} isWarning>{runNotReadSentence}</PlainStrip>
  if (!run || run.migrationId === migrationId) return null
  const { counts, currentBatch, numOfBatches } = run
  const { percent, words } = settledOf(counts)
  return (
    <Link
      href={routes.run(clusterId, run.migrationId)}
      className="relative flex min-h-8 print:hidden flex-wrap items-center gap-x-4 bg-moving-soft px-4 py-1 text-xs text-text-2 focus-visible:-outline-offset-2 lg:px-5"
    >
      <span className="flex items-center gap-1.5 font-medium text-moving">
        <StatusGlyph name="moving" />
        <span className="font-mono">{run.migrationId}</span>
      </span>
      {currentBatch !== null && numOfBatches !== null ? (
        <span>
          Batch {currentBatch} of {numOfBatches}
        </span>
      ) : null}
      {percent === null ? null : <span>{words}</span>}
      {cluster?.runLeft ? <span>{cluster.runLeft.overdueBatch === null ? `${leftText(cluster.runLeft)} left` : `time left ${leftText(cluster.runLeft)}`}</span> : null}
      {run.startedAtMs === null ? null : (
        <span>
          started <Time atMs={run.startedAtMs} isFocusable={false} />
        </span>
      )}
      {cluster?.isRunUnwatched ? <span className="font-medium text-text">Unwatched: nobody records it</span> : null}
      <span className="ml-auto font-medium text-accent">Open run</span>
      <span aria-hidden className="absolute bottom-0 left-0 h-0.5 bg-moving" style={{ width: `${percent ?? 0}%` }} />
    </Link>
  )
}
