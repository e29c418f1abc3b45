'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { UpdatedMark } from '@/components/domain/updated-mark'
import { DataTable } from '@/components/table/data-table'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { counted } from '@/lib/format/plural'
import { inventoryQuery, vngsQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import { vngColumns } from './columns'
import { VngDrawer } from './vng-drawer'
import { vngRows, type VngRow } from './vng-rows'

const rowId = ({ id }: VngRow) => id

/** The virtual node groups of the cluster, and the template they inherit from. */
export const VngsScreen = ({ clusterId }: { clusterId: string }) => {
  const { data, error, isFetching, refetch } = useQuery(vngsQuery(clusterId))
  const inventory = useQuery(inventoryQuery(clusterId))
  const [openId, setOpenId] = useState<string | null>(null)
  const rows = useMemo(() => (data ? vngRows(data.vngs, data.template, inventory.data?.nodes) : undefined), [data, inventory.data])
  const open = rows?.find(({ id }) => id === openId) ?? null
  return (
    <>
      <PageHeader
        title="Node groups"
        meta={
          data ? (
            <>
              {counted(data.vngs.length, 'virtual node group')}, <UpdatedMark atMs={data.fetchedAtMs} isRefetching={isFetching} onRefresh={() => void refetch()} />
            </>
          ) : null
        }
      />
      {inventory.error && !inventory.data ? (
        <Notice tone="warning" title="Running nodes are not counted." className="mb-3">
          {asProblem(inventory.error).detail}
        </Notice>
      ) : null}
      <DataTable
        label="Virtual node groups"
        columns={vngColumns}
        rows={rows}
        rowId={rowId}
        onOpen={({ id }) => setOpenId(id)}
        openId={openId}
        error={error ? asProblem(error) : null}
        onRetry={() => void refetch()}
        isRefetching={isFetching}
        empty={<EmptyState title="No virtual node groups">Nodes without labels and taints land on the cluster’s template; all others need a group. Create one in the Spot console.</EmptyState>}
      />
      <VngDrawer row={open} onClose={() => setOpenId(null)} />
    </>
  )
}
