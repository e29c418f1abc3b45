'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useMemo, useState } from 'react'
import { UpdatedMark } from '@/components/domain/updated-mark'
import { VngDialog, type VngTask } from '@/components/domain/vng-dialog'
import { DataTable } from '@/components/table/data-table'
import { useUrlSort } from '@/components/table/use-url-sort'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { counted } from '@/lib/format/plural'
import { inventoryQuery, nodesQuery, vngsQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import { vngRefusalQuery } from '@/lib/queries/vngs'
import { vngColumns } from './columns'
import { DeleteDialog } from './delete-dialog'
import { NewGroupMenu } from './new-group-menu'
import { SavedNotice } from './saved-notice'
import { vngsParams } from './search-params'
import { VngDrawer } from './vng-drawer'
import { unmanagedPools, vngRows, type VngRow } from './vng-rows'

const rowId = ({ id }: VngRow) => id

type Params = { create: 'scratch' | 'pool' | 'nodes' | null; pool: string | null; nodes: string[]; edit: string | null }

const taskOf = ({ create, pool, nodes, edit }: Params): VngTask | null => {
  if (edit !== null) return { kind: 'edit', vngId: edit, ...(nodes.length > 0 && { nodeNames: nodes }) }
  if (create === 'pool' && pool !== null) return { kind: 'pool', poolName: pool }
  if (create === 'nodes' && nodes.length > 0) return { kind: 'nodes', nodeNames: nodes }
  return create === null ? null : { kind: 'scratch' }
}

/** The facts of the page: groups, what runs in them, and what would match them. */
const useVngFacts = (clusterId: string) => {
  const vngs = useQuery(vngsQuery(clusterId))
  const inventory = useQuery(inventoryQuery(clusterId))
  const unmanaged = useQuery(nodesQuery(clusterId))
  const rows = useMemo(
    () => (vngs.data ? vngRows({ vngs: vngs.data.vngs, template: vngs.data.template, nodes: inventory.data?.nodes, unmanaged: unmanaged.data?.nodes }) : undefined),
    [vngs.data, inventory.data, unmanaged.data],
  )
  const pools = useMemo(() => unmanagedPools(unmanaged.data?.nodes ?? []), [unmanaged.data])
  return { vngs, inventory, rows, pools }
}

/** The virtual node groups of the cluster, and the template they inherit from. */
export const VngsScreen = ({ clusterId }: { clusterId: string }) => {
  const sorting = useUrlSort()
  const { vngs, inventory, rows, pools } = useVngFacts(clusterId)
  const { data, error, isFetching, refetch } = vngs
  const refusal = useQuery(vngRefusalQuery(clusterId)).data ?? null
  const [params, setParams] = useQueryStates(vngsParams, { history: 'push' })
  const [toDelete, setToDelete] = useState<VngRow | null>(null)
  const task = useMemo(() => taskOf(params), [params])
  const open = rows?.find(({ id }) => id === params.group) ?? null
  const close = () => void setParams({ create: null, pool: null, nodes: null, edit: null })
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
        actions={<NewGroupMenu pools={pools} whyNot={refusal} onScratch={() => void setParams({ create: 'scratch' })} onPool={(pool) => void setParams({ create: 'pool', pool })} />}
      />
      {inventory.error && !inventory.data ? (
        <Notice tone="warning" title="Running nodes are not counted." className="mb-3">
          {asProblem(inventory.error).detail}
        </Notice>
      ) : null}
      <SavedNotice clusterId={clusterId} />
      <DataTable
        label="Virtual node groups"
        {...sorting}
        columns={vngColumns}
        rows={rows}
        rowId={rowId}
        onOpen={({ id }) => void setParams({ group: id })}
        openId={params.group}
        error={error ? asProblem(error) : null}
        onRetry={() => void refetch()}
        isRefetching={isFetching}
        empty={<EmptyState title="No virtual node groups">Nodes without labels and taints land on the cluster’s template; all others need a group.</EmptyState>}
      />
      <VngDrawer
        clusterId={clusterId}
        row={task === null && toDelete === null ? open : null}
        whyNot={refusal}
        onClose={() => void setParams({ group: null })}
        onEdit={(vngId) => void setParams({ edit: vngId })}
        onDelete={setToDelete}
      />
      <VngDialog key={JSON.stringify(task)} clusterId={clusterId} task={task} onClose={close} onSaved={() => void setParams({ group: null })} />
      {toDelete === null ? null : (
        <DeleteDialog
          clusterId={clusterId}
          row={toDelete}
          onClose={() => setToDelete(null)}
          onDeleted={() => {
            setToDelete(null)
            void setParams({ group: null })
          }}
        />
      )}
    </>
  )
}
