'use client'

import { KubernetesMark } from '@/components/domain/kubernetes-mark'
import { UpdatedMark } from '@/components/domain/updated-mark'
import { DataTable } from '@/components/table/data-table'
import { useUrlSort } from '@/components/table/use-url-sort'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { counted } from '@/lib/format/plural'
import { asProblem } from '@/lib/queries/problem-error'
import { workloadColumns } from './columns'
import { NotConnected } from './not-connected'
import { UnreadNotice } from './unread-notice'
import { useWorkloadsView, type WorkloadsView } from './use-workloads-view'
import { WorkloadDrawer } from './workload-drawer'
import { unreadKinds, type IndexedWorkload } from './workload-index'
import { WorkloadsToolbar } from './workloads-toolbar'

const rowId = ({ key }: IndexedWorkload) => key

const NoWorkloads = ({ readiness, all }: WorkloadsView) => {
  if (all && all.length > 0) return <EmptyState title="No workload passes these filters">Search for another name, or clear the filters.</EmptyState>
  if (readiness.data && unreadKinds(readiness.data.kubernetes).has('pods')) return <EmptyState title="Pods are not read">Without them it is not known which workloads run on the nodes.</EmptyState>
  return <EmptyState title="Nothing to move">No workload runs on the nodes that could be migrated.</EmptyState>
}

/** What would have to move, workload by workload: people know these, not the nodes they happen to sit on. */
export const WorkloadsScreen = ({ clusterId }: { clusterId: string }) => {
  const sorting = useUrlSort()
  const view = useWorkloadsView(clusterId)
  const { readiness, params, setParams, poolOf, all, rows } = view
  const { data, error, isFetching, refetch } = readiness
  const open = all?.find(({ key }) => key === params.workload) ?? null
  return (
    <>
      <PageHeader
        title="Workloads"
        meta={
          data && all ? (
            <>
              {data.kubernetes.isConnected ? `${counted(all.length, 'workload')} on nodes to migrate, ` : null}
              <UpdatedMark atMs={data.fetchedAtMs} isRefetching={isFetching} onRefresh={() => void refetch()} />
            </>
          ) : null
        }
        actions={<KubernetesMark kubernetes={data?.kubernetes} />}
      />
      {data && !data.kubernetes.isConnected ? (
        <NotConnected clusterId={clusterId} />
      ) : (
        <>
          <WorkloadsToolbar view={view} />
          <UnreadNotice parts={data?.kubernetes.parts ?? []} />
          <DataTable
            label="Workloads"
            {...sorting}
            columns={workloadColumns}
            rows={rows}
            rowId={rowId}
            onOpen={({ key }) => void setParams({ workload: key })}
            openId={params.workload}
            error={error ? asProblem(error) : null}
            onRetry={() => void refetch()}
            isRefetching={isFetching}
            empty={<NoWorkloads {...view} />}
          />
        </>
      )}
      <WorkloadDrawer clusterId={clusterId} workload={open} poolOf={poolOf} form={params.form} onFormChange={(form) => void setParams({ form })} onClose={() => void setParams({ workload: null })} />
    </>
  )
}
