'use client'

import { OpenLaunch } from '@/components/domain/open-launch'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Name } from '@/components/ui/name'
import { Notice } from '@/components/ui/notice'
import type { PreferencesInput } from '@/lib/contract/draft'
import { openReadings } from '@/lib/domain/batches/learn'
import { counted } from '@/lib/format/plural'
import { asProblem, type ProblemError } from '@/lib/queries/problem-error'
import { LaunchOutcome } from './launch-outcome'
import { podsText } from './option-texts'
import { PlanChanges } from './plan-changes'
import { PlanMark } from './plan-mark'
import { drawnBy } from './reading-words'
import { RecordingChoice } from './recording-choice'
import { NameCard, RiskCard } from './risk-cards'
import { SentAs } from './send-as'
import type { Launch } from './use-launch'
import type { Plan } from './use-plan'
import type { Review } from './use-review'

type StepLaunchProps = {
  clusterId: string
  plan: Plan
  /** With what tells it from another one of the same name. */
  clusterTitle: string
  launch: Launch
  review: Review
  /** Takes names out of the draft, and others into it. */
  onNodes: (change: { gone: string[]; added: string[] }) => void
}

const sentenceOf = (plan: Plan, preferences: PreferencesInput, clusterTitle: string): string => {
  const batches = counted(plan.worst?.sizes.length ?? 0, 'batch', 'batches')
  const budgets = preferences.respectPdb ? 'Nodes whose budgets allow no disruption are skipped' : 'Budgets are ignored'
  const old = preferences.shouldTerminateNodes ? 'the old nodes are deleted' : 'the old nodes stay, cordoned'
  // Pods of DaemonSets stay with their node, so that the nodes' own counts are too high where more is known.
  const pods = plan.effects.moved === null ? podsText(plan.facts) : counted(plan.effects.moved.pods, 'pod')
  return `Spot will move ${pods} from ${counted(plan.facts.nodes, 'node')} of ${clusterTitle} to new nodes in ${batches}${drawnBy(openReadings(plan.readings, plan.learned), plan.learned)}. ${budgets}; after each drain ${old}. A batch that is less than ${preferences.batchMinHealthyPercentage} % healthy ends the run.`
}

/** Names that the launch was refused for: gone from the cluster, or held by somebody. */
const refusedNames = (problem: ProblemError): string[] => {
  const names = problem.code === 'selection_changed' || problem.code === 'selection_held' ? problem.facts.nodeNames : undefined
  return Array.isArray(names) ? names : []
}

const Refused = ({ problem, onLeaveOut }: { problem: ProblemError; onLeaveOut: (names: string[]) => void }) => {
  const gone = refusedNames(problem)
  // Told in full beside this, until it is accepted.
  if (problem.code === 'plan_changed') return null
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

/** What will happen in plain words, and the risks one by one. */
export const StepLaunch = ({ clusterId, plan, clusterTitle, launch: { send, answer, isOwn, startOver, isRecordingKept, setRecordingKept }, review, onNodes }: StepLaunchProps) => {
  const { preferences } = plan
  if (preferences === null) return <Notice tone="warning">A preference is not valid. Go back and correct it.</Notice>
  const problem = send.error ? asProblem(send.error) : null
  const accept = () => {
    send.reset()
    onNodes(review.accept())
  }
  const leaveOut = (names: string[]) => {
    startOver()
    review.leaveOut(names)
    onNodes({ gone: names, added: [] })
  }
  return (
    <div className="grid gap-3">
      <Card title="What will happen" aside={<PlanMark reviewed={review.reviewed} nodePoolNames={plan.sending.sentPools} preferences={preferences} />}>
        <p className="max-w-[80ch]">{sentenceOf(plan, preferences, clusterTitle)}</p>
        <div className="mt-2">
          <SentAs plan={plan} />
        </div>
        <p className="mt-2 max-w-[80ch] text-text-2">Nodes, node groups, findings and the controller are read once more when you press the button. A very large cluster takes a minute or more: Kubernetes is waited for while it keeps answering, three minutes at most. If something has become worse than you see it here, nothing is sent and you see what.</p>
      </Card>
      <RiskCard review={review} />
      <NameCard review={review} clusterTitle={clusterTitle} />
      <RecordingChoice isKept={isRecordingKept} onChange={setRecordingKept} />
      {/* What a launch itself changes is no reason against it. */}
      {answer ? null : <PlanChanges differences={review.differences} requestId={problem?.code === 'plan_changed' ? problem.requestId : undefined} onAccept={accept} />}
      {problem ? <Refused problem={problem} onLeaveOut={leaveOut} /> : null}
      <OpenLaunch clusterId={clusterId} except={answer?.launchId} />
      {answer && (isOwn || answer.state !== 'acked') ? <LaunchOutcome answer={answer} onStartOver={startOver} /> : null}
    </div>
  )
}

type LaunchButtonProps = { plan: Plan; launch: Launch; review: Review; blocked: string | null }

/** The one button that starts something. It says why it does not. */
export const LaunchButton = ({ plan, launch: { send, answer }, review: { reviewed, acknowledged, name, openReason, refused }, blocked }: LaunchButtonProps) => {
  const { preferences } = plan
  if (preferences === null) return null
  return (
    <Button
      variant="primary"
      isBusy={send.isPending}
      disabledReason={answer === null ? (blocked ?? openReason) : answer.state === 'acked' ? 'This plan was launched.' : 'This launch has been sent.'}
      onClick={() => send.mutate({ reviewed, nodePoolNames: plan.sending.sentPools, preferences, acknowledged, typedClusterName: name?.typed }, { onError: refused })}
    >
      Start the migration of {counted(plan.facts.nodes, 'node')}
    </Button>
  )
}
