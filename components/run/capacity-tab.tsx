'use client'

import type { TableColumn } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { NumberCell } from '@/components/table/number-cell'
import type { UrlSort } from '@/components/table/use-url-sort'
import { Name } from '@/components/ui/name'
import { EmptyState } from '@/components/ui/states'
import { Status, type StatusName } from '@/components/ui/status'
import type { CapacityFacts } from '@/lib/domain/progress/change'
import { capacityKey } from '@/lib/domain/progress/state'
import { visibleText } from '@/lib/format/safe-text'
import { capacityStateOf, capacityWord } from './capacity-shape'

const looks = { up: 'moved', scaling: 'moving', partial: 'skipped', failed: 'failed', unknown: 'unknown' } as const satisfies Record<string, StatusName>

const columns: readonly TableColumn<CapacityFacts>[] = [
  { id: 'pool', header: 'New node pool', width: 200, canHide: false, sortValue: ({ poolName }) => poolName, cell: ({ poolName }) => <Name>{poolName || '–'}</Name> },
  {
    id: 'vng',
    header: 'Virtual node group',
    width: 280,
    sortValue: ({ vngName, vngId }) => vngName ?? vngId,
    cell: ({ vngName, vngId }) => (
      <span className="flex min-w-0 items-baseline gap-1.5">
        {vngName ? <span className="truncate">{visibleText(vngName)}</span> : null}
        {vngId ? <Name className="text-text-3">{vngId}</Name> : <span className="text-text-3">not said</span>}
      </span>
    ),
  },
  { id: 'nodes', header: 'New nodes', width: 110, align: 'end', sortValue: ({ newNodes }) => newNodes, cell: ({ newNodes }) => <NumberCell value={newNodes} /> },
  { id: 'status', header: 'Status', width: 200, sortValue: ({ status }) => status, cell: ({ status }) => <Status name={looks[capacityStateOf(status)]}>{visibleText(capacityWord(status))}</Status> },
]

/** New node pools that the run asked for. */
export const CapacityTab = ({ capacity, sorting }: { capacity: ReadonlyMap<string, CapacityFacts>; sorting: UrlSort }) => (
  <DataTable
    label="New capacity"
    {...sorting}
    columns={columns}
    rows={[...capacity.values()]}
    rowId={capacityKey}
    empty={<EmptyState title="No new capacity yet">Pools appear when the first batch asks for nodes. Pods may also fit on nodes that are already there.</EmptyState>}
  />
)
