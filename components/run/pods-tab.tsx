'use client'

import { useMemo } from 'react'
import { DataTable } from '@/components/table/data-table'
import type { UrlSort } from '@/components/table/use-url-sort'
import { Notice } from '@/components/ui/notice'
import { EmptyState } from '@/components/ui/states'
import { counted } from '@/lib/format/plural'
import { podColumns } from './node-columns'
import { runPods, unnamedPods, type RunNode, type RunPod } from './node-rows'

const rowId = ({ id }: RunPod) => id

/** Pods that stand on the old nodes now, by name. */
export const PodsTab = ({ nodes, isOver, sorting }: { nodes: readonly RunNode[]; isOver: boolean; sorting: UrlSort }) => {
  const pods = useMemo(() => runPods(nodes), [nodes])
  const unnamed = useMemo(() => unnamedPods(nodes), [nodes])
  return (
    <>
      {unnamed > 0 ? (
        <Notice className="mb-3">{counted(unnamed, 'pod')} on these nodes {unnamed === 1 ? 'is' : 'are'} counted by Spot and not named. The names come without a namespace.</Notice>
      ) : null}
      <DataTable
        label="Pods on old nodes"
        {...sorting}
        columns={podColumns}
        rows={pods}
        rowId={rowId}
        empty={
          <EmptyState title="No pods on the old nodes">
            {isOver ? 'At the last reading Spot named no pods on the nodes of this run.' : 'Either all of them have moved, or Spot has not named them yet.'}
          </EmptyState>
        }
        maxHeight="max(320px, calc(100dvh - 220px))"
      />
    </>
  )
}
