import { Time } from '@/components/ui/time'
import type { RehearsalSummary } from '@/lib/rehearsal/summary'
import { assumptionsOf } from './assumptions'
import { AtRiskNodes } from './at-risk-nodes'
import { DurationsStrip } from './durations'
import { Endings } from './endings'
import type { RehearsalState } from './rehearsal-state'
import { Shortfalls } from './shortfalls'

const Assumptions = ({ state: { basis, plan }, runs }: { state: RehearsalState; runs: number }) => {
  if (basis === null) return null
  const podsReadAtMs = basis.kubernetes?.readAtMs ?? null
  return (
    <>
      <h3 className="mt-3 font-medium">What it rests on</h3>
      <ul className="list-disc pl-5 text-text-2">
        <li>
          Nodes and groups as Spot had them <Time atMs={basis.nodesReadAtMs} show="second" />
          {podsReadAtMs === null ? null : (
            <>
              , pods as of <Time atMs={podsReadAtMs} show="second" />
            </>
          )}
          .
        </li>
        {assumptionsOf(basis, plan, runs).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  )
}

/** What the rehearsals so far say together. */
export const RehearsalResult = ({ state, summary }: { state: RehearsalState; summary: RehearsalSummary }) => (
  <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 lg:grid-cols-2">
    <div>
      <h3 className="mb-1 font-medium">How long it takes</h3>
      <DurationsStrip durations={summary.durations} runs={summary.runs} />
      <h3 className="mt-3 mb-1 font-medium">How it ends</h3>
      <Endings summary={summary} />
      <Assumptions state={state} runs={summary.runs} />
    </div>
    <div className="min-w-0">
      <h3 className="font-medium">Nodes</h3>
      <ul>
        <AtRiskNodes summary={summary} />
      </ul>
      <Shortfalls summary={summary} />
    </div>
  </div>
)
