'use client'

import { useQuery } from '@tanstack/react-query'
import { OutcomeBar, OutcomeLegend } from '@/components/domain/outcome-bar'
import { settledOf } from '@/components/domain/settled'
import { Status } from '@/components/ui/status'
import { useNow } from '@/components/ui/use-now'
import type { RunRecord } from '@/lib/contract/run'
import type { OwnTimes } from '@/lib/domain/forecast/estimate'
import { podsLeftOf } from '@/lib/domain/progress/pods-left'
import { counted } from '@/lib/format/plural'
import { historyFactsQuery } from '@/lib/queries/plan'
import { factsOf, type RunFigures } from './facts'
import type { RunView } from './run-feed'

type RunFactsProps = {
  view: RunView
  figures: RunFigures
  options: RunRecord['options']
  /** The moment of a replay, on the server's clock; null while the clock runs by itself. */
  atMs: number | null
}

/** What recorded runs teach of batches, until one of this run has ended and tells more; null in a replay, which knows only what was known then. */
const useOwnTimes = ({ record, state }: RunView, isLive: boolean): OwnTimes | null => {
  const isWanted = isLive && record !== null && state.facts?.currentBatch === 1
  const { data } = useQuery({ ...historyFactsQuery(record?.run.clusterId ?? ''), enabled: isWanted })
  return isWanted ? (data?.times ?? null) : null
}

/** The line of facts. */
export const RunFacts = ({ view, figures, options, atMs }: RunFactsProps) => {
  const now = useNow()
  const own = useOwnTimes(view, atMs === null && !figures.isOver)
  const facts = factsOf(figures, view.state, options, atMs ?? (now ?? 0) + view.clockOffsetMs, own)
  return (
    <dl className="mt-3 flex flex-wrap gap-x-5 gap-y-1">
      {facts.map(({ label, value, note, isAlarming }) => (
        <div key={label} className="flex flex-wrap gap-x-1.5">
          <dt className="text-text-2">{label}</dt>
          <dd>
            {isAlarming ? <Status name="warning">{value}</Status> : <strong className="font-semibold">{now === null && label === 'Elapsed' ? '–' : value}</strong>}
            {note ? <span className="text-text-3"> {note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
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
