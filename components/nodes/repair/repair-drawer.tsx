'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { NodeNames } from '@/components/domain/node-names'
import type { VngTask } from '@/components/domain/vng-dialog'
import { Button } from '@/components/ui/button'
import { Drawer } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { counted } from '@/lib/format/plural'
import { inventoryQuery, vngsQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import { vngRefusalQuery } from '@/lib/queries/vngs'
import { RepairCard } from './repair-card'
import { scopesToOffer, unmatchedOf, type RepairScope, type ScopedNodes } from './scope'
import { planSentence, scopeWords, unrepairableWords } from './words'
import { workOutRepair, type RepairOutcome } from './work-out'

/** The outcome for a scope; undefined while groups and nodes are read. */
const useOutcome = (clusterId: string, nodes: ScopedNodes, scope: RepairScope) => {
  const vngs = useQuery(vngsQuery(clusterId))
  const inventory = useQuery(inventoryQuery(clusterId))
  const outcome = useMemo(
    () => (vngs.data && inventory.data ? workOutRepair(unmatchedOf(nodes[scope]), { groups: vngs.data, nodes: inventory.data.nodes }) : undefined),
    [vngs.data, inventory.data, nodes, scope],
  )
  return { outcome, failed: [vngs, inventory].find(({ error, data }) => error !== null && data === undefined) }
}

const Left = ({ names, children }: { names: readonly string[]; children: string }) => (
  <li>
    {children}
    <NodeNames names={names} shown={4} />
  </li>
)

/** What no group can take, and what has no part in the plan, each with its reason. */
const LeftOver = ({ outcome: { plan, disputed, unlisted } }: { outcome: RepairOutcome }) =>
  plan.unrepairable.length + disputed.length + unlisted.length === 0 ? null : (
    <section aria-label="Not covered">
      <h3 className="mb-1 font-semibold">Not covered</h3>
      <ul className="flex flex-col gap-2">
        {plan.unrepairable.map(({ reason, nodeNames }) => (
          <Left key={reason} names={nodeNames}>
            {unrepairableWords[reason](nodeNames.length)}
          </Left>
        ))}
        {disputed.length === 0 ? null : <Left names={disputed}>{`${counted(disputed.length, 'node')} that Spot matches with nothing, while the documented rule names a group. Validate them; no group needs to change.`}</Left>}
        {unlisted.length === 0 ? null : <Left names={unlisted}>{`${counted(unlisted.length, 'node')} that Get Cluster Nodes does not list: labels and taints are not known.`}</Left>}
      </ul>
    </section>
  )

const Plan = ({ clusterId, outcome, poolOf, onStart }: { clusterId: string; outcome: RepairOutcome; poolOf: ReadonlyMap<string, string>; onStart: (task: VngTask) => void }) => {
  const whyNot = useQuery(vngRefusalQuery(clusterId)).data ?? null
  const { repairs } = outcome.plan
  return (
    <>
      {repairs.length === 0 ? <Notice title="No group has to change." /> : <p className="font-medium">{planSentence(outcome.plan)}</p>}
      {repairs.map((repair) => (
        <RepairCard key={repair.change.kind === 'new' ? repair.change.draft.name : repair.change.edit.vngId} repair={repair} poolOf={poolOf} whyNot={whyNot} onStart={onStart} />
      ))}
      <LeftOver outcome={outcome} />
    </>
  )
}

export type RepairDrawerProps = {
  clusterId: string
  nodes: ScopedNodes
  scope: RepairScope
  onScope: (scope: RepairScope) => void
  onStart: (task: VngTask) => void
  onClose: () => void
}

/** The smallest set of new or edited groups that gives the unmatched nodes of a scope a match. */
export const RepairDrawer = ({ clusterId, nodes, scope, onScope, onStart, onClose }: RepairDrawerProps) => {
  const { outcome, failed } = useOutcome(clusterId, nodes, scope)
  const poolOf = useMemo(() => new Map(nodes.cluster.map(({ nodeName, poolName }) => [nodeName, poolName])), [nodes])
  const offers = scopesToOffer(nodes, scope)
  const isDone = unmatchedOf(nodes[scope]).length === 0
  return (
    <Drawer isOpen onClose={onClose} title="Repair unmatched nodes" description="The fewest node groups to create or edit. Nothing is saved before you have seen it in the form.">
      <div className="flex flex-col gap-4">
        {offers.length > 1 ? (
          <Select aria-label="Which nodes" className="self-start" value={scope} options={offers.map(({ scope: value, count }) => ({ value, label: `${scopeWords[value]}: ${count} unmatched` }))} onChange={onScope} />
        ) : null}
        {isDone ? (
          <EmptyState title="Every node matches" action={<Button onClick={onClose}>Show the nodes</Button>}>
            Spot names a group or the template for each of these nodes.
          </EmptyState>
        ) : failed?.error ? (
          <ErrorState error={asProblem(failed.error)} onRetry={() => void failed.refetch()} isRetrying={failed.isFetching} />
        ) : outcome === undefined ? (
          <Skeleton className="h-40 w-full" />
        ) : (
          <Plan clusterId={clusterId} outcome={outcome} poolOf={poolOf} onStart={onStart} />
        )}
      </div>
    </Drawer>
  )
}
