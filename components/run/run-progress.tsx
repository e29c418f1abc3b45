'use client'

import { lazy, Suspense } from 'react'
import { OutcomeBar, OutcomeLegend } from '@/components/domain/outcome-bar'
import { settledOf } from '@/components/domain/settled'
import { podsLeftOf } from '@/lib/domain/progress/pods-left'
import { counted } from '@/lib/format/plural'
import { FactLine, type FactLineProps } from './fact-line'
import type { RunFigures } from './facts'
import type { RunView } from './run-feed'

const ExpectingFacts = lazy(() => import('./expecting-facts').then((file) => ({ default: file.ExpectingFacts })))

/** The line of facts. What recorded runs teach is asked for until a batch of this one has ended and tells more; not in a replay, which knows only what was known then. */
export const RunFacts = (props: FactLineProps) => {
  const { record, state } = props.view
  const { currentBatch = null, numOfBatches = null } = state.facts ?? {}
  const isExpecting = props.atMs === null && !props.figures.isOver && currentBatch === 1
  if (!isExpecting || record === null || numOfBatches === null) return <FactLine {...props} />
  return (
    <Suspense fallback={<FactLine {...props} />}>
      <ExpectingFacts {...props} clusterId={record.run.clusterId} numOfBatches={numOfBatches} />
    </Suspense>
  )
}

/** Nodes by outcome, never added up, and the pods that are still where they were. */
export const RunProgress = ({ view, figures }: { view: RunView; figures: RunFigures }) => {
  const pods = podsLeftOf(view.state)
  return (
    <section aria-label="Outcome by node" className="mt-3 rounded-lg border border-line bg-surface p-4">
      <OutcomeBar counts={figures.counts} size="page" />
      <div className="mt-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <OutcomeLegend counts={figures.counts} />
        <p className="text-text-2">
          {settledOf(figures.counts).words}, {pods === null ? 'pods left on old nodes not said' : `${counted(pods, 'pod')} left on old nodes by Spot’s count`}
        </p>
      </div>
    </section>
  )
}
