'use client'

import { useQuery } from '@tanstack/react-query'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { StatusGlyph, type StatusName } from '@/components/ui/status'
import type { BatchModel } from '@/lib/domain/batches/batch-sizes'
import { readingsDiffer } from '@/lib/domain/batches/batch-sizes'
import { estimateFromHint } from '@/lib/domain/plan/time'
import { formatMinuteRange } from '@/lib/format/duration'
import { counted } from '@/lib/format/plural'
import { sessionQuery } from '@/lib/queries/session'
import { AsCode } from './as-code'
import { BatchLanes } from './batch-lanes'
import type { Check } from './checks'
import { plannedNames, type Plan } from './use-plan'

const readingWords: Record<BatchModel, string> = {
  fixed: 'a percentage of the selection',
  equal: 'equal parts of the selection',
  cluster: 'a percentage of the whole cluster',
}

const ReadingNotice = ({ plan: { readings, worst, facts } }: { plan: Plan }) => {
  if (worst === null) return null
  const largest = Math.max(...worst.sizes)
  if (largest === facts.nodes && facts.nodes > 1)
    return (
      <Notice tone="warning" title="All at once.">
        Read as {readingWords[worst.model]}, all {counted(facts.nodes, 'node')} may move in one batch. Lower the batch size, or migrate in several runs.
      </Notice>
    )
  if (!readingsDiffer(readings)) return null
  const others = readings.filter(({ model }) => model !== worst.model).map(({ model, sizes }) => `${readingWords[model]} gives ${counted(sizes.length, 'batch', 'batches')} of up to ${Math.max(...sizes)}`)
  return (
    <Notice tone="warning" title="The vendor documents the batch size in several ways.">
      Shown is the one that disrupts most: {readingWords[worst.model]}, {counted(worst.sizes.length, 'batch', 'batches')} of up to {largest}; {others.join('; ')}.
    </Notice>
  )
}

const Line = ({ status, children }: { status: StatusName; children: React.ReactNode }) => (
  <li className="flex items-start gap-2.5 py-1.5">
    <StatusGlyph name={status} className="mt-0.5" />
    <span>{children}</span>
  </li>
)

const WhoMoves = ({ plan: { partition, facts, nodes } }: { plan: Plan }) => {
  const selected = partition.willMove.length + partition.cannot.length + partition.held.length + partition.gone.length
  const rest = nodes.nodes.length - selected + partition.gone.length
  return (
    <Card title="Who moves" aside={`of ${counted(selected, 'selected node')}`}>
      <ul className="divide-y divide-line">
        <Line status="ready">
          {counted(partition.willMove.length, 'node')} will move, with {counted(facts.pods, 'pod')}
        </Line>
        {partition.cannot.length > 0 ? <Line status="unable">{counted(partition.cannot.length, 'node')} cannot: see the reasons under Nodes</Line> : null}
        {partition.held.length > 0 ? <Line status="held">{counted(partition.held.length, 'node')} held</Line> : null}
        {partition.gone.length > 0 ? <Line status="untouched">{counted(partition.gone.length, 'node')} gone since they were selected</Line> : null}
        <Line status="untouched">{counted(Math.max(0, rest), 'node')} not selected</Line>
      </ul>
    </Card>
  )
}

const BeforeYouLaunch = ({ checks }: { checks: readonly Check[] }) => (
  <Card title="Before you launch">
    <ul className="divide-y divide-line">
      {checks.map(({ id, status, sentence }) => (
        <Line key={id} status={status}>
          {sentence}
        </Line>
      ))}
    </ul>
  </Card>
)

const Expected = ({ plan }: { plan: Plan }) => {
  const estimate = estimateFromHint(plan.readings.map(({ sizes }) => sizes.length))
  if (estimate === null) return null
  return (
    <p className="mt-3 text-text-2">
      Estimate: <strong className="font-semibold text-text">{formatMinuteRange(estimate.lowMinutes, estimate.highMinutes)}</strong>, from {estimate.basis}.
    </p>
  )
}

/** Batches, who moves, and what was checked. */
export const StepPlan = ({ plan, checks }: { plan: Plan; checks: readonly Check[] }) => (
  <div className="grid gap-3">
    <ReadingNotice plan={plan} />
    <Card title="Batches" aside="one node from each pool in turn, in the order seen in the vendor’s console">
      {plan.batches.length === 0 ? <p className="text-text-2">No batches: the selection or a preference is not valid.</p> : <BatchLanes batches={plan.batches} />}
      <Expected plan={plan} />
    </Card>
    <div className="grid gap-3 lg:grid-cols-2">
      <WhoMoves plan={plan} />
      <BeforeYouLaunch checks={checks} />
    </div>
  </div>
)

/** The plan as a command, once everything that goes into it is known. */
export const PlanAsCode = ({ plan, clusterId }: { plan: Plan; clusterId: string }) => {
  const session = useQuery(sessionQuery())
  const nodeNames = plannedNames(plan)
  if (plan.preferences === null || !session.data || nodeNames.length === 0) return null
  return <AsCode input={{ upstream: session.data.upstream, accountId: session.data.accountId, clusterId, nodeNames, preferences: plan.preferences }} />
}
