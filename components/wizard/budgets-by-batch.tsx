import { useMemo } from 'react'
import { readingWords } from '@/components/domain/reading-words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { budgetLoads, smallerBatch, type BudgetLoads, type Overdraft } from '@/lib/domain/batches/budget-load'
import { shortList } from '@/lib/domain/readiness/rules'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { NameList } from './name-list'
import { PlanLine } from './plan-line'
import { SeveralRuns, SplitOff, type Split } from './several-runs'
import type { Plan } from './use-plan'

type Offers = { onBatchSize: (percentage: number) => void; split: Split }

const byBatch = (overdrafts: readonly Overdraft[]): [number, Overdraft[]][] => {
  const batches = new Map<number, Overdraft[]>()
  for (const overdraft of overdrafts) {
    const known = batches.get(overdraft.batch)
    if (known === undefined) batches.set(overdraft.batch, [overdraft])
    else known.push(overdraft)
  }
  return [...batches]
}

const lineOf = ({ budget, allowed, pods, nodes }: Overdraft): string => {
  const where = nodes.length === 1 ? `on ${nodes[0]} alone, so no batch is small enough` : `on ${nodes.join(', ')}`
  return `${budget}: ${counted(pods, 'pod')}, lets ${allowed} go at a time; ${where}`
}

const Overdrawn = ({ batch, overdrafts }: { batch: number; overdrafts: readonly Overdraft[] }) => (
  <PlanLine status="warning" word={`Batch ${batch}`}>
    <span className="[overflow-wrap:anywhere]">
      overdraws {counted(overdrafts.length, 'budget')}: {visibleText(shortList(overdrafts.map(({ budget }) => budget)))}
    </span>
    <NameList title="Pods, nodes, and what each lets go" names={overdrafts.map(lineOf)} />
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

/** Which batch would overdraw which budget, and what would not. Only where budgets were read. */
export const BudgetsByBatch = ({ plan, onBatchSize, split }: { plan: Plan } & Offers) => {
  const { overdraftsOtherwise, preferences, effects, extras } = plan
  const overdrafts = overdraftsOtherwise?.overdrafts ?? plan.overdrafts
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
            {overdraftsOtherwise === null ? null : `The batches as drawn overdraw none. With the batch size read as ${readingWords[overdraftsOtherwise.model]}, some would. `}
            {preferences?.respectPdb === false
              ? 'These batches would break budgets that still let pods go one after another.'
              : 'In these batches nodes wait for one another’s pods, and may be skipped.'}
          </p>
          <ul className="mt-1 max-h-72 divide-y divide-line overflow-y-auto">
            {byBatch(overdrafts).map(([batch, ofBatch]) => (
              <Overdrawn key={batch} batch={batch} overdrafts={ofBatch} />
            ))}
          </ul>
          {isTogether ? (
            <div className="mt-2 grid gap-2 border-t border-line pt-2">
              <SmallerBatch plan={plan} loads={loads} onBatchSize={onBatchSize} />
              <SeveralRuns plan={plan} loads={loads} split={split} />
            </div>
          ) : null}
        </>
      )}
      <SplitOff split={split} />
    </Card>
  )
}
