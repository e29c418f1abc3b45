'use client'

import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Meter } from '@/components/ui/meter'
import { Notice } from '@/components/ui/notice'
import { counted } from '@/lib/format/plural'
import { typicalRun } from '@/lib/rehearsal/summary'
import { RehearsalResult } from './rehearsal-result'
import { isUnderWay, shareDone, wantedSeeds, type RehearsalState } from './rehearsal-state'
import { Timeline } from './timeline'
import type { Rehearsal } from './use-rehearsal'

const wanted = wantedSeeds.length

const Progress = ({ state }: { state: RehearsalState }) => {
  const text = `${state.runs.length} of ${wanted} rehearsals`
  return (
    <>
      <Meter label="Rehearsals" value={shareDone(state) * wanted} max={wanted} text={text} className="w-32" />
      <span className="text-text-2">{state.phase === 'reading' ? 'Nodes, groups and pods are being read.' : text}</span>
    </>
  )
}

/** The sentence beside the button once nothing runs. */
const restWords = ({ phase, runs }: RehearsalState): string | null => {
  if (phase === 'done') return `All ${wanted} rehearsals are done.`
  if (phase === 'cancelled') return runs.length === 0 ? 'Cancelled before the first rehearsal was done.' : `Cancelled after ${counted(runs.length, 'rehearsal')} of ${wanted}.`
  return null
}

const Controls = ({ rehearsal: { state, start, cancel, canStart }, isReading }: { rehearsal: Rehearsal; isReading: boolean }) => {
  const isOn = isUnderWay(state)
  const reason = !canStart ? 'There is nothing to rehearse: the selection or a preference is not valid.' : isReading ? 'The facts of the plan are still being read.' : null
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button disabledReason={isOn ? null : reason} onClick={isOn ? cancel : start}>
        {isOn ? 'Cancel' : state === null ? 'Rehearse this plan' : 'Rehearse again'}
      </Button>
      {isOn && state !== null ? <Progress state={state} /> : null}
      <span role="status" className="text-text-2">
        {state === null || isOn ? null : restWords(state)}
      </span>
    </div>
  )
}

const Troubles = ({ state: { phase, sentence, runs } }: { state: RehearsalState }) => {
  if (phase === 'refused')
    return (
      <Notice role="alert" tone="error" title="Spot would refuse this plan:" className="mt-3">
        {sentence}
      </Notice>
    )
  if (phase !== 'failed') return null
  return (
    <Notice role="alert" tone="error" title="The rehearsal did not come to an end." className="mt-3">
      {sentence} {runs.length > 0 ? `What ${counted(runs.length, 'rehearsal')} said stands below.` : 'Nothing was sent to Spot; rehearse again.'}
    </Notice>
  )
}

/** Runs the plan in a model of the cluster, beside the page, and shows what comes of it. Nothing is sent to Spot. */
export const RehearsalCard = ({ rehearsal, isReading }: { rehearsal: Rehearsal; isReading: boolean }) => {
  const { state, summary, isOfThisPlan } = rehearsal
  // While results come in the typical run is now one and now another.
  const typical = state === null || isUnderWay(state) ? null : typicalRun(state.runs)
  return (
    <Card title="Rehearsal" aside="the plan in a model of the cluster, in this browser; nothing is sent to Spot">
      {state !== null && !isOfThisPlan ? (
        <Notice role="status" tone="warning" title="Of an earlier plan." className="mb-3">
          The selection, an option or a reading of the batch size has changed since. Rehearse again to see this plan.
        </Notice>
      ) : null}
      <Controls rehearsal={rehearsal} isReading={isReading} />
      {state === null ? null : <Troubles state={state} />}
      {state !== null && summary !== null ? <RehearsalResult state={state} summary={summary} /> : null}
      {typical === null ? null : <Timeline key={typical.seed} run={typical} />}
    </Card>
  )
}
