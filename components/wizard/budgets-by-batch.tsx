import { useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Name } from '@/components/ui/name'
import { budgetLoads, smallerBatch, splitIntoRuns, type BudgetLoads, type Overdraft } from '@/lib/domain/batches/budget-load'
import { counted } from '@/lib/format/plural'
import { NameList } from './name-list'
import { PlanLine } from './plan-line'
import type { Plan } from './use-plan'

type Offers = { onBatchSize: (percentage: number) => void; onKeepOnly: (names: readonly string[]) => void }

const Overdrawn = ({ overdraft: { batch, budget, allowed, pods, nodes } }: { overdraft: Overdraft }) => (
  <PlanLine status="warning" word={`Batch ${batch}`}>
    {counted(pods, 'pod')} of <Name className="whitespace-normal [overflow-wrap:anywhere]">{budget}</Name>, which lets {allowed} go at a time
    {nodes.length === 1 ? ': they are on one node, so no batch is small enough' : ''}.
    <NameList title={counted(nodes.length, 'node')} names={nodes} />
  </PlanLine>
)

const SmallerBatch = ({ plan, loads, onBatchSize }: { plan: Plan; loads: BudgetLoads } & Pick<Offers, 'onBatchSize'>) => {
  const { partition, preferences, facts, learned } = plan
  const offer = useMemo(
    () =>
      preferences === null
        ? null
        : smallerBatch({ nodes: partition.willMove, input: { selected: facts.nodes, percentage: preferences.batchSizePercentage, clusterNodes: facts.clusterNodes }, learned, loads }),
    [partition, preferences, facts, learned, loads],
  )
  if (offer === null) return <p>No smaller batch size keeps these nodes apart, in every reading of it that is possible.</p>
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>
        With {offer.percentage} % no two nodes of a batch overdraw a budget together: up to {counted(offer.batches, 'batch', 'batches')}.
      </span>
      <Button size="small" onClick={() => onBatchSize(offer.percentage)}>
        Use {offer.percentage} %
      </Button>
    </p>
  )
}

const SeveralRuns = ({ plan, loads, onKeepOnly }: { plan: Plan; loads: BudgetLoads } & Pick<Offers, 'onKeepOnly'>) => {
  const runs = useMemo(() => splitIntoRuns(plan.partition.willMove, loads), [plan.partition, loads])
  const [first = []] = runs
  if (runs.length < 2) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>
        The API takes no order: to keep nodes apart at this batch size takes {counted(runs.length, 'run')}, the first of {counted(first.length, 'node')}.
      </span>
      <Button size="small" onClick={() => onKeepOnly(first.map(({ nodeName }) => nodeName))}>
        Plan only the first run
      </Button>
    </p>
  )
}

/** Which batch would overdraw which budget, and what would not. Only where budgets were read. */
export const BudgetsByBatch = ({ plan, onBatchSize, onKeepOnly }: { plan: Plan } & Offers) => {
  const { overdrafts, preferences, effects, extras } = plan
  const loads = useMemo(() => (extras.facts === null ? null : budgetLoads(extras.facts)), [extras.facts])
  if (overdrafts === null || loads === null || effects.budgets === null) return null
  const isTogether = overdrafts.some(({ nodes }) => nodes.length > 1)
  return (
    <Card title="Budgets" aside={`${counted(effects.budgets.all.length, 'budget')} over pods that move`}>
      {overdrafts.length === 0 ? (
        <p className="text-text-2">No batch holds more pods of a budget than may be away at once.</p>
      ) : (
        <>
          <p className="text-text-2">
            {preferences?.respectPdb === false
              ? 'These batches would break budgets that still let pods go one after another.'
              : 'In these batches nodes wait for one another’s pods, and may be skipped.'}
          </p>
          <ul className="mt-1 max-h-72 divide-y divide-line overflow-y-auto">
            {overdrafts.map((overdraft) => (
              <Overdrawn key={`${overdraft.batch} ${overdraft.budget}`} overdraft={overdraft} />
            ))}
          </ul>
          {isTogether ? (
            <div className="mt-2 grid gap-2 border-t border-line pt-2">
              <SmallerBatch plan={plan} loads={loads} onBatchSize={onBatchSize} />
              <SeveralRuns plan={plan} loads={loads} onKeepOnly={onKeepOnly} />
            </div>
          ) : null}
        </>
      )}
    </Card>
  )
}
