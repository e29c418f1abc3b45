'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useCallback, useMemo } from 'react'
import { KubernetesMark } from '@/components/domain/kubernetes-mark'
import { UpdatedMark } from '@/components/domain/updated-mark'
import { FormError } from '@/components/form/form-error'
import { DataTable } from '@/components/table/data-table'
import { useUrlSort } from '@/components/table/use-url-sort'
import { buttonLook } from '@/components/ui/button-look'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { counted } from '@/lib/format/plural'
import { nodesQuery } from '@/lib/queries/clusters'
import { keys } from '@/lib/queries/keys'
import { asProblem } from '@/lib/queries/problem-error'
import { readinessQuery } from '@/lib/queries/readiness'
import { newlyMatchedQuery } from '@/lib/queries/vngs'
import { routes } from '@/lib/routes'
import { choiceOf, whyNot } from './choosable'
import { nodeColumns } from './columns'
import { groupKeys } from './group'
import { HoldSelection } from './holds/hold-selection'
import { HoldsPanel } from './holds/holds-panel'
import type { IndexedNode } from './node-index'
import { NodesToolbar } from './nodes-toolbar'
import { noticesOf, PageNotices } from './page-notices'
import { ReadinessChips } from './readiness-chips'
import { Repair } from './repair/repair'
import { SelectionBar } from './selection-bar'
import { useDoubt } from './use-doubt'
import { useNodesView, type NodesView } from './use-nodes-view'
import { usePlanSelection } from './use-plan-selection'
import { groupWord, podsText } from './words'

const NodeDrawer = dynamic(() => import('./drawer/node-drawer').then((file) => file.NodeDrawer), { ssr: false })

const rowId = ({ nodeName }: IndexedNode) => nodeName
const none: readonly IndexedNode[] = []

const groupNouns = { pool: 'pool', vng: 'match', finding: 'finding' } as const

const useGrouping = ({ params, setParams }: NodesView) => {
  const { group, open } = params
  const openSet = useMemo(() => new Set(open), [open])
  const isOpen = useCallback((id: string) => openSet.has(id), [openSet])
  if (group === 'none') return undefined
  return {
    of: groupKeys[group],
    isOpen,
    onToggle: (id: string) => void setParams({ open: openSet.has(id) ? open.filter((other) => other !== id) : [...open, id] }),
    label: (id: string) => `${groupNouns[group]} ${groupWord(group, id)}`,
  }
}

const NothingToMigrate = ({ clusterId, isFiltered }: { clusterId: string; isFiltered: boolean }) =>
  isFiltered ? (
    <EmptyState title="No node passes these filters">Clear a filter, or search for something else.</EmptyState>
  ) : (
    <EmptyState
      title="No nodes to migrate"
      action={
        <Link href={routes.inventory(clusterId)} className={buttonLook()}>
          Open inventory
        </Link>
      }
    >
      Spot found no unmanaged nodes in this cluster: everything that can run on Ocean already does, or the controller has not reported yet.
    </EmptyState>
  )

/** Nodes that a migration could take: find, judge, choose. */
export const NodesScreen = ({ clusterId }: { clusterId: string }) => {
  const sorting = useUrlSort()
  const client = useQueryClient()
  const query = useQuery(nodesQuery(clusterId))
  const { data, isFetching } = query
  const checks = useQuery(readinessQuery(clusterId))
  const { data: assessed } = checks
  const doubt = useDoubt(query, checks)
  const view = useNodesView(data, assessed, doubt)
  const { selected, setSelected, plan } = usePlanSelection(clusterId, view)
  const group = useGrouping(view)
  const all = view.all ?? none
  const listed = view.rows ?? none
  const { ticked, chosen, dropped, unlisted } = useMemo(() => choiceOf(selected, view.all, listed), [selected, view.all, listed])
  const open = useMemo(() => all.find(({ nodeName }) => nodeName === view.params.node), [all, view.params.node])
  const ready = useMemo(() => listed.filter(({ readiness }) => readiness === 'ready'), [listed])
  const { data: newlyMatched } = useQuery(newlyMatchedQuery(clusterId))
  const changed = useMemo(() => new Set(newlyMatched?.nodeNames), [newlyMatched])
  const hidden = useMemo(() => new Set(view.params.hidden), [view.params.hidden])
  return (
    <>
      <PageHeader
        title="Nodes to migrate"
        meta={
          data ? (
            <>
              {counted(all.length, 'node')}, {podsText(all)}, <UpdatedMark atMs={data.fetchedAtMs} isRefetching={isFetching} onRefresh={() => void client.invalidateQueries({ queryKey: keys.cluster(clusterId) })} />
            </>
          ) : null
        }
        actions={
          <>
            <KubernetesMark kubernetes={assessed?.kubernetes} isFailed={checks.isError} />
            <HoldsPanel clusterId={clusterId} />
            <Repair clusterId={clusterId} all={all} listed={listed} chosen={ticked} />
          </>
        }
      />
      <ReadinessChips isSpotOnly={assessed?.kubernetes.isConnected !== true} counts={view.counts} chosen={view.params.readiness} onChange={(readiness) => void view.setParams({ readiness })} />
      <NodesToolbar view={view} vngs={data?.vngs ?? []} />
      <PageNotices findings={noticesOf(data, assessed, data === undefined ? null : doubt)} />
      {plan.error ? <FormError error={asProblem(plan.error)} /> : null}
      <DataTable
        label="Nodes to migrate"
        fillsPage
        {...sorting}
        columns={nodeColumns}
        rows={view.rows}
        rowId={rowId}
        group={group}
        hiddenColumns={hidden}
        onOpen={({ nodeName }) => void view.setParams({ node: nodeName, tab: null })}
        openId={view.params.node}
        changedIds={changed}
        selection={{ selected, onChange: setSelected, disabledReason: whyNot, label: rowId }}
        error={query.error ? asProblem(query.error) : null}
        onRetry={() => void query.refetch()}
        isRefetching={isFetching}
        empty={<NothingToMigrate clusterId={clusterId} isFiltered={all.length > 0} />}
        footer={
          <SelectionBar
            selected={chosen}
            dropped={dropped}
            unlisted={unlisted}
            total={view.all ? all.length : null}
            ready={ready}
            isBusy={plan.isPending}
            hold={<HoldSelection clusterId={clusterId} chosen={chosen} all={all} onHeld={(names) => setSelected(new Set([...selected].filter((name) => !names.includes(name))))} />}
            onSelectReady={() => setSelected(new Set([...selected, ...ready.map(rowId)]))}
            onKeepListed={() => setSelected(new Set(listed.map(rowId).filter((name) => selected.has(name))))}
            onClear={() => setSelected(new Set())}
            onPlan={() => plan.mutate(chosen.map(rowId))}
          />
        }
      />
      <NodeDrawer
        clusterId={clusterId}
        nodeName={view.params.node}
        row={open}
        tab={view.params.tab}
        onTab={(tab) => void view.setParams({ tab })}
        onClose={() => void view.setParams({ node: null, tab: null })}
      />
    </>
  )
}
