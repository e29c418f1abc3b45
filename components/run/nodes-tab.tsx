'use client'

import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { DataTable } from '@/components/table/data-table'
import type { UrlSort } from '@/components/table/use-url-sort'
import { SearchInput } from '@/components/ui/input'
import { EmptyState } from '@/components/ui/states'
import type { RunView } from './run-feed'
import { attentionColumns, nodeColumns } from './node-columns'
import { filterRunNodes, type RunNode } from './node-rows'
import { useChangedNodes } from './use-changed-nodes'

const rowId = ({ nodeName }: RunNode) => nodeName

type NodesTabProps = {
  view: RunView
  nodes: readonly RunNode[]
  search: string
  attention: boolean
  openNode: string | null
  sorting: UrlSort
  onSearch: (search: string) => void
  onOpenNode: (nodeName: string | null) => void
}

const Empty = ({ attention, hasNodes }: { attention: boolean; hasNodes: boolean }) => {
  if (!hasNodes) return <EmptyState title="No nodes read yet">They appear with the first reading of the run.</EmptyState>
  if (attention) return <EmptyState title="Nothing needs you">No node of this run was skipped or failed.</EmptyState>
  return <EmptyState title="No node passes this search">Search for another part of a node, pool or pod name.</EmptyState>
}

const NodeDrawer = dynamic(() => import('./node-drawer').then((file) => file.NodeDrawer), { ssr: false })

/** Every node of the run with what happened to it. Rows change in place. */
export const NodesTab = ({ view, nodes, search, attention, openNode, sorting, onSearch, onOpenNode }: NodesTabProps) => {
  const rows = useMemo(() => filterRunNodes(nodes, { search, attention }), [nodes, search, attention])
  const changedIds = useChangedNodes(view.state.nodes)
  const open = openNode === null ? null : (nodes.find(({ nodeName }) => nodeName === openNode) ?? null)
  return (
    <>
      <div className="mb-3">
        <SearchInput label="Search nodes, pools and pods" placeholder="Search nodes, pools, pods" value={search} onChange={(event) => onSearch(event.target.value)} />
      </div>
      <DataTable
        label="Nodes of the run"
        {...sorting}
        columns={attention ? attentionColumns : nodeColumns}
        rows={rows}
        rowId={rowId}
        onOpen={({ nodeName }) => onOpenNode(nodeName)}
        openId={openNode}
        changedIds={changedIds}
        empty={<Empty attention={attention && search === ''} hasNodes={nodes.length > 0} />}
        maxHeight="max(320px, calc(100dvh - 220px))"
      />
      <NodeDrawer node={open} log={view.state.log} onClose={() => onOpenNode(null)} />
    </>
  )
}
