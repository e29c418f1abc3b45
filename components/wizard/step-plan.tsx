'use client'

import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import type { DraftAnswer, DraftBody } from '@/lib/contract/draft'
import { formatMinuteRange } from '@/lib/format/duration'
import { counted } from '@/lib/format/plural'
import { sessionQuery } from '@/lib/queries/session'
import { AsCode } from './as-code/as-code'
import { BatchLanes } from './batch-lanes'
import { BeforeLaunch } from './before-launch'
import { BudgetsByBatch } from './budgets-by-batch'
import type { Check } from './check'
import { NameList } from './name-list'
import { ReadingNotice } from './reading-notice'
import { RehearsalCard } from './rehearsal/rehearsal-card'
import type { Rehearsal } from './rehearsal/use-rehearsal'
import { Room } from './room'
import { useSplit } from './several-runs'
import { plannedNames, type Plan } from './use-plan'
import { WhoMoves } from './who-moves'

const Expected = ({ plan: { estimate, extras, partition } }: { plan: Plan }) => {
  if (estimate === null) return null
  const named = new Set(partition.willMove.map(({ poolName }) => poolName))
  const pools = (extras.history?.times.pools ?? []).filter(({ poolName }) => named.has(poolName))
  return (
    <div className="mt-3 text-text-2">
      <p>
        Estimate: <strong className="font-semibold text-text">{formatMinuteRange(estimate.lowMinutes, estimate.highMinutes)}</strong>, from {estimate.basis}.
      </p>
      <NameList
        title={`Minutes per node in ${counted(pools.length, 'pool')} so far`}
        names={pools.map(({ poolName, nodes, lowMinutes, highMinutes }) => `${poolName}: ${formatMinuteRange(Math.round(lowMinutes), Math.round(highMinutes))}, ${counted(nodes, 'node')} seen`)}
      />
    </div>
  )
}

type StepPlanProps = { plan: Plan; checks: readonly Check[]; rehearsal: Rehearsal; draft: DraftAnswer; onChange: (body: DraftBody) => void }

/** Batches, who moves, what was checked, and what it meets. */
export const StepPlan = ({ plan, checks, rehearsal, draft, onChange }: StepPlanProps) => {
  const { nodeNames, preferences } = draft
  const split = useSplit(draft, onChange)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <ReadingNotice plan={plan} />
      <Card title="Batches" aside="one node from each pool in turn, in the order seen in the vendor’s console">
        {plan.batches.length === 0 ? <p className="text-text-2">No batches: the selection or a preference is not valid.</p> : <BatchLanes batches={plan.batches} overdrafts={plan.overdrafts ?? []} skips={plan.skips ?? []} />}
        <Expected plan={plan} />
      </Card>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <WhoMoves plan={plan} onLeaveOut={(names) => onChange({ nodeNames: nodeNames.filter((name) => !names.includes(name)), preferences })} />
          <Room plan={plan} />
          <BudgetsByBatch
            plan={plan}
            onBatchSize={(percentage) => onChange({ nodeNames, preferences: { ...preferences, batchSizePercentage: String(percentage) } })}
            split={split}
          />
        </div>
        <BeforeLaunch checks={checks} />
      </div>
      <RehearsalCard rehearsal={rehearsal} isReading={plan.extras.isReading} />
    </div>
  )
}

/** The plan as a command, once everything that goes into it is known. */
export const PlanAsCode = ({ plan, clusterId }: { plan: Plan; clusterId: string }) => {
  const session = useQuery(sessionQuery())
  const nodeNames = plannedNames(plan)
  if (plan.preferences === null || !session.data || nodeNames.length === 0) return null
  return <AsCode input={{ upstream: session.data.upstream, accountId: session.data.accountId, clusterId, nodeNames, nodePoolNames: plan.sending.sentPools, preferences: plan.preferences }} />
}
