'use client'

import dynamic from 'next/dynamic'
import { useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { logEntries } from '@/components/domain/log-rows'
import { useUrlSort } from '@/components/table/use-url-sort'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState } from '@/components/ui/states'
import { Tabs, type TabItem } from '@/components/ui/tabs'
import type { RunRecord } from '@/lib/contract/run'
import { podsLeftOf } from '@/lib/domain/progress/pods-left'
import { formatCount } from '@/lib/format/numbers'
import { needsPerson, type RunNode } from './node-rows'
import { NodesTab } from './nodes-tab'
import type { RunView } from './run-feed'
import { runParams, type RunTab } from './search-params'

// The nodes are what a page of a run opens with; the rest comes once somebody goes there.
const Waiting = () => <Skeleton className="h-60" />
const PodsTab = dynamic(() => import('./pods-tab').then((file) => file.PodsTab), { ssr: false, loading: Waiting })
const CapacityTab = dynamic(() => import('./capacity-tab').then((file) => file.CapacityTab), { ssr: false, loading: Waiting })
const LogTable = dynamic(() => import('@/components/domain/log-table').then((file) => file.LogTable), { ssr: false, loading: Waiting })
const OptionsTab = dynamic(() => import('./options-tab').then((file) => file.OptionsTab), { ssr: false, loading: Waiting })

type RunTabsProps = { record: RunRecord; view: RunView; nodes: readonly RunNode[]; isOver: boolean }

const AttentionButton = ({ count, isOn, onToggle }: { count: number; isOn: boolean; onToggle: () => void }) => (
  <Button
    className="mb-1.5"
    variant={isOn ? 'primary' : 'secondary'}
    aria-pressed={isOn}
    disabledReason={count === 0 && !isOn ? 'No node of this run was skipped or failed.' : null}
    onClick={onToggle}
  >
    Only what needs me <strong className="font-semibold">{formatCount(count)}</strong>
  </Button>
)

/** The parts of a run in detail. Which one is open stands in the address. */
export const RunTabs = ({ record, view, nodes, isOver }: RunTabsProps) => {
  const [params, setParams] = useQueryStates(runParams, { history: 'replace' })
  const sorting = useUrlSort()
  const { state } = view
  const { clusterId, migrationId } = record.run
  const entries = useMemo(
    () => logEntries(state.log.map(({ loggedAtMs, severity, message }) => ({ atMs: loggedAtMs, severity, message, migrationId }))).reverse(),
    [state.log, migrationId],
  )
  const podsLeft = useMemo(() => podsLeftOf(state), [state])
  const tabs: TabItem<RunTab>[] = [
    {
      id: 'nodes',
      label: 'Nodes',
      count: formatCount(nodes.length),
      content: (
        <NodesTab
          view={view}
          nodes={nodes}
          search={params.search}
          attention={params.attention}
          openNode={params.node}
          sorting={sorting}
          onSearch={(search) => void setParams({ search })}
          onOpenNode={(node) => void setParams({ node })}
        />
      ),
    },
    { id: 'pods', label: 'Pods', count: podsLeft === null ? '–' : formatCount(podsLeft), content: <PodsTab nodes={nodes} isOver={isOver} sorting={sorting} /> },
    { id: 'capacity', label: 'New capacity', count: formatCount(state.capacity.size), content: <CapacityTab capacity={state.capacity} sorting={sorting} /> },
    {
      id: 'log',
      label: 'Log',
      count: formatCount(entries.length),
      content: (
        <LogTable
          label="Log of the run"
          {...sorting}
          clusterId={clusterId}
          entries={entries}
          hasRun={false}
          empty={<EmptyState title="No log lines">{isOver ? 'None were recorded with this run.' : 'Lines of this run appear as Spot writes them.'}</EmptyState>}
        />
      ),
    },
    { id: 'options', label: 'Options', content: <OptionsTab run={record.run} options={record.options} /> },
  ]
  // Each tab has columns of its own.
  const open = (tab: RunTab) => {
    void setParams({ tab })
    sorting.onSortChange(null)
  }
  return (
    <div className="mt-4">
      <Tabs
        label="Details of the run"
        tabs={tabs}
        value={params.tab}
        onChange={open}
        aside={
          <AttentionButton
            count={nodes.filter(needsPerson).length}
            isOn={params.attention}
            onToggle={() => {
              void setParams({ attention: !params.attention })
              if (params.tab !== 'nodes') open('nodes')
            }}
          />
        }
      />
    </div>
  )
}
