'use client'

import { BoxField } from '@/components/form/switch-field'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Name } from '@/components/ui/name'
import { Notice } from '@/components/ui/notice'
import type { PreferencesInput } from '@/lib/contract/draft'
import { risksOf, type RiskId } from '@/lib/domain/plan/risks'
import { counted } from '@/lib/format/plural'
import { asProblem, type ProblemError } from '@/lib/queries/problem-error'
import { LaunchOutcome } from './launch-outcome'
import { RecordingChoice } from './recording-choice'
import type { Launch } from './use-launch'
import { plannedNames, type Plan } from './use-plan'

type StepLaunchProps = {
  plan: Plan
  clusterName: string
  launch: Launch
  accepted: ReadonlySet<RiskId>
  onAccept: (accepted: ReadonlySet<RiskId>) => void
  onLeaveOut: (names: string[]) => void
}

const sentenceOf = (plan: Plan, preferences: PreferencesInput, clusterName: string): string => {
  const batches = counted(plan.worst?.sizes.length ?? 0, 'batch', 'batches')
  const budgets = preferences.respectPdb ? 'Nodes whose budgets allow no disruption are skipped' : 'Budgets are ignored'
  const old = preferences.shouldTerminateNodes ? 'the old nodes are deleted' : 'the old nodes stay, cordoned'
  return `Spot will move ${counted(plan.facts.pods, 'pod')} from ${counted(plan.facts.nodes, 'node')} of ${clusterName} to new nodes in ${batches}, by the reading that disrupts most. ${budgets}; after each drain ${old}. A batch that is less than ${preferences.batchMinHealthyPercentage} % healthy ends the run.`
}

/** Names that the launch was refused for: gone from the cluster, or held by somebody. */
const refusedNames = (problem: ProblemError): string[] => {
  const names = problem.code === 'selection_changed' || problem.code === 'selection_held' ? problem.facts.nodeNames : undefined
  return Array.isArray(names) ? names : []
}

const Refused = ({ error, onLeaveOut }: { error: unknown; onLeaveOut: (names: string[]) => void }) => {
  const problem = asProblem(error)
  const gone = refusedNames(problem)
  if (gone.length === 0) return <FormError error={problem} />
  return (
    <Notice role="alert" tone="warning" title={`${problem.title}.`} action={<Button onClick={() => onLeaveOut(gone)}>Leave {counted(gone.length, 'node')} out</Button>}>
      {problem.detail}
      <ul className="mt-1 max-h-40 overflow-y-auto">
        {gone.map((name) => (
          <li key={name}>
            <Name>{name}</Name>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

const risksFor = (plan: Plan, options: PreferencesInput) => risksOf({ options, nodes: plan.facts.nodes, largestBatch: Math.max(0, ...(plan.worst?.sizes ?? [])), effects: plan.effects })

/** What will happen in plain words, and the risks one by one. */
export const StepLaunch = ({ plan, clusterName, launch: { send, answer, startOver, isRecordingKept, setRecordingKept }, accepted, onAccept, onLeaveOut }: StepLaunchProps) => {
  const { preferences } = plan
  if (preferences === null) return <Notice tone="warning">A preference is not valid. Go back and correct it.</Notice>
  const risks = risksFor(plan, preferences)
  const accept = (id: RiskId, isOn: boolean) => onAccept(new Set(isOn ? [...accepted, id] : [...accepted].filter((other) => other !== id)))
  return (
    <div className="grid gap-3">
      <Card title="What will happen">
        <p className="max-w-[80ch]">{sentenceOf(plan, preferences, clusterName)}</p>
        <p className="mt-2 max-w-[80ch] text-text-2">The nodes are read once more when you press the button. If one has gone meanwhile, nothing is sent and you see which.</p>
      </Card>
      {risks.length > 0 ? (
        <Card title="Risks" aside="acknowledge each">
          <div className="grid gap-2.5">
            {risks.map(({ id, sentence }) => (
              <BoxField key={id} label={sentence} isChecked={accepted.has(id)} onChange={(isOn) => accept(id, isOn)} />
            ))}
          </div>
        </Card>
      ) : null}
      <RecordingChoice isKept={isRecordingKept} onChange={setRecordingKept} />
      {send.error ? <Refused error={send.error} onLeaveOut={onLeaveOut} /> : null}
      {answer ? <LaunchOutcome answer={answer} onStartOver={startOver} /> : null}
    </div>
  )
}

type LaunchButtonProps = { plan: Plan; launch: Launch; accepted: ReadonlySet<RiskId>; blocked: string | null }

/** The one button that starts something. It says why it does not. */
export const LaunchButton = ({ plan, launch: { send, answer }, accepted, blocked }: LaunchButtonProps) => {
  const { preferences } = plan
  if (preferences === null) return null
  const open = risksFor(plan, preferences).filter(({ id }) => !accepted.has(id)).length
  const reason = blocked ?? (open > 0 ? `Acknowledge ${counted(open, 'risk')} first.` : null)
  return (
    <Button
      variant="primary"
      isBusy={send.isPending}
      disabledReason={answer === null ? reason : 'This launch has been sent.'}
      onClick={() => send.mutate({ nodeNames: plannedNames(plan), preferences })}
    >
      Start the migration of {counted(plan.facts.nodes, 'node')}
    </Button>
  )
}
