import Link from 'next/link'
import { openLaunchSentence, runNotReadSentence } from '@/components/domain/open-launch'
import { OutcomeBar } from '@/components/domain/outcome-bar'
import type { TableColumn } from '@/components/table/column'
import { CopyCell } from '@/components/table/copy-cell'
import { NumberCell } from '@/components/table/number-cell'
import { CopyButton } from '@/components/ui/copy-button'
import { Name } from '@/components/ui/name'
import { Status } from '@/components/ui/status'
import type { ClusterRow } from '@/lib/contract/clusters'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'
import { visibleText } from '@/lib/format/safe-text'
import { routes } from '@/lib/routes'
import { HeartbeatMark } from './heartbeat-mark'

const NameAndId = ({ cluster: { clusterId, name } }: { cluster: ClusterRow }) => (
  <>
    <Link href={routes.nodes(clusterId)} prefetch={false} className="truncate font-medium text-accent hover:underline max-sm:max-w-full max-sm:shrink-0">
      {visibleText(name)}
    </Link>
    <Name className="text-text-3 max-sm:hidden">{clusterId}</Name>
    <span className="max-sm:hidden">
      <CopyButton text={clusterId} label={`Copy ${clusterId}`} tabIndex={-1} />
    </span>
  </>
)

const OpenLaunch = ({ clusterId, launch }: { clusterId: string; launch: LaunchAnswer }) => (
  <Link href={routes.runs(clusterId)} prefetch={false} className="flex min-w-0 hover:underline" title={openLaunchSentence(launch)}>
    {launch.state === 'unknown' ? <Status name="warning">Launch unconfirmed</Status> : <Status name="moving">Launching</Status>}
  </Link>
)

const NotRead = ({ children }: { children: string }) => (
  <span className="flex min-w-0" title={runNotReadSentence}>
    <Status name="warning">{children}</Status>
  </span>
)

const NoRun = ({ cluster: { clusterId, isRunRead, openLaunch } }: { cluster: ClusterRow }) => {
  if (openLaunch !== null) return <OpenLaunch clusterId={clusterId} launch={openLaunch} />
  return isRunRead ? <span className="text-text-3">None</span> : <NotRead>Not read</NotRead>
}

const Running = ({ cluster }: { cluster: ClusterRow }) => {
  const { clusterId, runningMigration: run, isRunUnwatched } = cluster
  return run === null ? (
    <NoRun cluster={cluster} />
  ) : (
    <>
      <CopyCell text={run.migrationId}>
        <Link href={routes.run(clusterId, run.migrationId)} prefetch={false} className="truncate font-mono text-xs text-moving hover:underline">
          {run.migrationId}
        </Link>
      </CopyCell>
      {isRunUnwatched ? (
        <span title="Nobody records this run: open it to go on with its record.">
          <Status name="warning">Unwatched</Status>
        </span>
      ) : (
        <OutcomeBar counts={run.counts} className="max-w-28 max-sm:hidden" />
      )}
    </>
  )
}

const State = ({ cluster: { problem, isRunRead } }: { cluster: ClusterRow }) => {
  if (problem === null) return isRunRead ? <Status name="ready">All read</Status> : <NotRead>Migrations not read</NotRead>
  return (
    <span className="flex min-w-0" title={visibleText(problem.detail)}>
      <Status name="warning">{visibleText(problem.detail)}</Status>
    </span>
  )
}

export const clusterColumns: readonly TableColumn<ClusterRow>[] = [
  { id: 'name', header: 'Cluster', width: 260, narrowWidth: 112, cell: (cluster) => <NameAndId cluster={cluster} />, sortValue: ({ name }) => name, canHide: false },
  { id: 'region', header: 'Region', width: 110, cell: ({ region }) => visibleText(region ?? '–'), sortValue: ({ region }) => region },
  { id: 'heartbeat', header: 'Controller', width: 170, narrowWidth: 112, cell: ({ heartbeat }) => <HeartbeatMark heartbeat={heartbeat} />, sortValue: ({ heartbeat }) => heartbeat.lastHeartbeatMs },
  { id: 'unmanaged', header: 'To migrate', width: 96, align: 'end', cell: ({ nodes }) => <NumberCell value={nodes?.unmanaged ?? null} />, sortValue: ({ nodes }) => nodes?.unmanaged ?? null },
  { id: 'managed', header: 'Managed', width: 96, align: 'end', cell: ({ nodes }) => <NumberCell value={nodes?.managed ?? null} />, sortValue: ({ nodes }) => nodes?.managed ?? null },
  { id: 'running', header: 'Running migration', width: 220, narrowWidth: 130, cell: (cluster) => <Running cluster={cluster} />, sortValue: ({ runningMigration }) => runningMigration?.migrationId ?? null },
  { id: 'state', header: 'State', width: 180, cell: (cluster) => <State cluster={cluster} /> },
]
