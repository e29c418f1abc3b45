'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { UpdatedMark } from '@/components/domain/updated-mark'
import { PageBody } from '@/components/layout/page-body'
import { DataTable } from '@/components/table/data-table'
import { useUrlSort } from '@/components/table/use-url-sort'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import type { ClusterRow } from '@/lib/contract/clusters'
import { counted } from '@/lib/format/plural'
import { clustersQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import { routes } from '@/lib/routes'
import { clusterColumns } from './columns'

const rowId = ({ clusterId }: ClusterRow) => clusterId

/** Every Ocean AKS cluster of the account. */
export const ClustersScreen = () => {
  const sorting = useUrlSort()
  const router = useRouter()
  const { data, error, isFetching, refetch } = useQuery(clustersQuery())
  return (
    <PageBody>
      <PageHeader
        title="Clusters"
        meta={
          <>
            {data ? `${counted(data.clusters.length, 'cluster')}, ` : null}
            <UpdatedMark atMs={data?.fetchedAtMs} isRefetching={isFetching} onRefresh={() => void refetch()} />
          </>
        }
      />
      <DataTable
        label="Clusters"
        {...sorting}
        columns={clusterColumns}
        rows={data?.clusters}
        rowId={rowId}
        onOpen={({ clusterId }) => router.push(routes.nodes(clusterId))}
        error={error ? asProblem(error) : null}
        onRetry={() => void refetch()}
        isRefetching={isFetching}
        empty={
          <EmptyState title="This account has no Ocean AKS cluster">
            Connect a cluster to Ocean in the Spot console, or sign in to another account. It appears here within a minute.
          </EmptyState>
        }
      />
    </PageBody>
  )
}
