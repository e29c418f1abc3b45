import { useMemo } from 'react'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { RehearsalSummary } from '@/lib/rehearsal/summary'
import { assumptionsOf } from './assumptions'
import { atRiskOf } from './at-risk'
import { AtRiskNodes, AtRiskTable } from './at-risk-nodes'
import { DurationsStrip } from './durations'
import { Endings } from './endings'
import type { RehearsalState } from './rehearsal-state'
import { MissingCapacity, StrandedPods } from './shortfalls'

const Assumptions = ({ state: { basis, plan }, runs }: { state: RehearsalState; runs: number }) => {
  if (basis === null) return null
  const podsReadAtMs = basis.kubernetes?.readAtMs ?? null
  return (
    <div>
      <h3 className="font-medium">What it rests on</h3>
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
    </div>
  )
}

const columns = 'grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 lg:grid-cols-2'

/** What the rehearsals so far say together. */
export const RehearsalResult = ({ state, summary }: { state: RehearsalState; summary: RehearsalSummary }) => {
  const atRisk = useMemo(() => atRiskOf(summary), [summary])
  return (
    <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-3">
      {state.basis?.kubernetes === null ? (
        <Notice tone="warning" title="Without Kubernetes.">
          Pods are assumed, and no budget holds a node back here. Reality may skip nodes that move below.
        </Notice>
      ) : null}
      <div className={columns}>
        <div>
          <h3 className="mb-1 font-medium">How long it takes</h3>
          <DurationsStrip durations={summary.durations} runs={summary.runs} />
          <h3 className="mt-3 mb-1 font-medium">How it ends</h3>
          <Endings summary={summary} />
        </div>
        <div>
          <h3 className="font-medium">Nodes</h3>
          <AtRiskNodes rows={atRisk} runs={summary.runs} />
        </div>
      </div>
      <AtRiskTable rows={atRisk} />
      <div className={columns}>
        <StrandedPods summary={summary} />
        <MissingCapacity summary={summary} />
      </div>
      <Assumptions state={state} runs={summary.runs} />
    </div>
  )
}
