'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useDeferredValue, useMemo } from 'react'
import { UpdatedMark } from '@/components/domain/updated-mark'
import { ColumnMenu } from '@/components/table/column-menu'
import { DataTable } from '@/components/table/data-table'
import { useUrlSort } from '@/components/table/use-url-sort'
import { SearchInput } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'
import { inventoryQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import type { SpotNode } from '@/lib/spot/schemas/node'
import { inventoryColumns } from './columns'
import { NodeDrawer } from './node-drawer'
import { isManaged, searchNodes } from './node-text'
import { inventoryParams } from './search-params'

const rowId = ({ nodeName }: SpotNode) => nodeName

/** Every node of the cluster with all that the API tells of it. */
export const InventoryScreen = ({ clusterId }: { clusterId: string }) => {
  const sorting = useUrlSort()
  const { data, error, isFetching, refetch } = useQuery(inventoryQuery(clusterId))
  const [params, setParams] = useQueryStates(inventoryParams, { history: 'replace' })
  const search = useDeferredValue(params.search)
  const rows = useMemo(() => (data ? searchNodes(data.nodes, search) : undefined), [data, search])
  const hidden = useMemo(() => new Set(params.hidden), [params.hidden])
  const managed = useMemo(() => data?.nodes.filter(isManaged).length ?? 0, [data])
  const open = params.node === null ? null : (data?.nodes.find(({ nodeName }) => nodeName === params.node) ?? null)
  return (
    <>
      <PageHeader
        title="Inventory"
        meta={
          data ? (
            <>
              {counted(data.nodes.length, 'node')}, {formatCount(managed)} managed by Ocean, <UpdatedMark atMs={data.fetchedAtMs} isRefetching={isFetching} onRefresh={() => void refetch()} />
            </>
          ) : null
        }
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput label="Search nodes, labels and taints" placeholder="Search nodes, labels, taints" value={params.search} onChange={(event) => void setParams({ search: event.target.value })} />
        {rows && data && rows.length !== data.nodes.length ? <span className="text-text-2">{formatCount(rows.length)} shown</span> : null}
        <div className="ml-auto">
          <ColumnMenu columns={inventoryColumns} hidden={hidden} onChange={(next) => void setParams({ hidden: [...next] })} />
        </div>
      </div>
      {data && data.drift.length > 0 ? (
        <Notice tone="warning" title="Some fields could not be read." className="mb-3">
          Their shape differs from the vendor’s documents: {data.drift.join(', ')}.
        </Notice>
      ) : null}
      <DataTable
        label="Inventory"
        {...sorting}
        columns={inventoryColumns}
        rows={rows}
        rowId={rowId}
        hiddenColumns={hidden}
        onOpen={({ nodeName }) => void setParams({ node: nodeName })}
        openId={params.node}
        error={error ? asProblem(error) : null}
        onRetry={() => void refetch()}
        isRefetching={isFetching}
        empty={
          data && data.nodes.length > 0 ? (
            <EmptyState title="No node passes this search">Search for another part of a name, label or taint.</EmptyState>
          ) : (
            <EmptyState title="Spot lists no nodes">The controller of this cluster has not reported any node yet.</EmptyState>
          )
        }
      />
      <NodeDrawer node={open} onClose={() => void setParams({ node: null })} />
    </>
  )
}
