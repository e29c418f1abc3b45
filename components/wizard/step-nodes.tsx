'use client'

import Link from 'next/link'
import { buttonLook } from '@/components/ui/button-look'
import { Card } from '@/components/ui/card'
import { Name } from '@/components/ui/name'
import { EmptyState } from '@/components/ui/states'
import { StatusGlyph, type StatusName } from '@/components/ui/status'
import type { DraftBody } from '@/lib/contract/draft'
import type { PlanNode } from '@/lib/domain/plan/partition'
import { counted } from '@/lib/format/plural'
import { routes } from '@/lib/routes'
import { podsText } from './option-texts'
import { SendAs } from './send-as'
import type { Plan } from './use-plan'

const byPool = (nodes: readonly PlanNode[]): [string, PlanNode[]][] => {
  const pools = new Map<string, PlanNode[]>()
  for (const node of nodes) pools.set(node.poolName, [...(pools.get(node.poolName) ?? []), node])
  return [...pools].sort(([a], [b]) => (a < b ? -1 : 1))
}

type LeftOutProps = { status: StatusName; title: string; reasons: { name: string; reason: string }[] }

const LeftOutList = ({ status, title, reasons }: LeftOutProps) =>
  reasons.length === 0 ? null : (
    <Card title={title} aside="left out of the migration">
      <ul className="max-h-64 divide-y divide-line overflow-y-auto">
        {reasons.map(({ name, reason }) => (
          <li key={name} className="flex items-start gap-2 py-1.5">
            <StatusGlyph name={status} className="mt-0.5" />
            <span className="flex min-w-0 flex-1 flex-wrap gap-x-2">
              <Name className="max-w-full">{name}</Name>
              <span className="min-w-0 text-text-2">{reason}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )

type StepNodesProps = { plan: Plan; clusterId: string; draftId: string; nodeNames: readonly string[]; onChange: (part: Partial<DraftBody>) => void }

/** What was chosen, pool by pool, how it is sent, and what of it will not move. */
export const StepNodes = ({ plan, clusterId, draftId, nodeNames, onChange }: StepNodesProps) => {
  const { willMove, cannot, held, managed, gone } = plan.partition
  const change = (
    <Link href={routes.nodes(clusterId, { draft: draftId })} className={buttonLook()}>
      Change the selection
    </Link>
  )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Card title={`${counted(willMove.length, 'node')} will move`} aside={`${podsText(plan.facts)} on them`}>
        {willMove.length === 0 ? (
          <EmptyState title="Nothing to move" action={change}>
            No node is selected that can be migrated.
          </EmptyState>
        ) : (
          <>
            <ul className="max-h-80 divide-y divide-line overflow-y-auto">
              {byPool(willMove).map(([pool, nodes]) => (
                <li key={pool}>
                  <details className="py-1.5">
                    <summary className="flex cursor-default items-baseline gap-3">
                      <Name className="w-32 font-medium">{pool}</Name>
                      <span className="text-text-2">{counted(nodes.length, 'node')}</span>
                    </summary>
                    <ul className="mt-1 grid gap-x-6 pl-4 text-text-2 sm:grid-cols-2 xl:grid-cols-3">
                      {nodes.map(({ nodeName }) => (
                        <li key={nodeName} className="truncate">
                          <Name>{nodeName}</Name>
                        </li>
                      ))}
                    </ul>
                  </details>
                </li>
              ))}
            </ul>
            <div className="mt-3">{change}</div>
          </>
        )}
      </Card>
      <SendAs plan={plan} nodeNames={nodeNames} onChange={onChange} />
      <LeftOutList status="unable" title={`${counted(cannot.length, 'node')} cannot move`} reasons={cannot.map(({ node, reason }) => ({ name: node.nodeName, reason }))} />
      <LeftOutList status="held" title={`${counted(held.length, 'node')} held`} reasons={held.map(({ node, reason }) => ({ name: node.nodeName, reason }))} />
      <LeftOutList status="moved" title={`${counted(managed.length, 'node')} moved already`} reasons={managed.map((name) => ({ name, reason: 'Ocean manages it: there is nothing to do.' }))} />
      <LeftOutList status="untouched" title={`${counted(gone.length, 'node')} gone`} reasons={gone.map((name) => ({ name, reason: 'Spot no longer lists it: it was replaced or deleted meanwhile.' }))} />
    </div>
  )
}
