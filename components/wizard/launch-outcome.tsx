import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { LaunchAnswer } from '@/lib/contract/launch-answer'

const requestId = (id: string | undefined) => (id === undefined ? null : <span className="block text-xs text-text-2">Spot request id {id}</span>)

/** What became of a launch that did not lead to the run at once. Nothing here is sent again by itself. */
export const LaunchOutcome = ({ answer, onStartOver }: { answer: LaunchAnswer; onStartOver: () => void }) => {
  const again = <Button onClick={onStartOver}>Review and launch again</Button>
  switch (answer.state) {
    case 'pending':
    case 'sent':
      return (
        <Notice role="status" title="The launch is on its way.">
          Spot has not answered yet. Nothing is sent twice; this page opens the run when it is there.
        </Notice>
      )
    case 'unknown':
      return (
        <Notice role="status" tone="warning" title="Spot did not answer, so the outcome is not known yet.">
          Slipway is looking for the run in Spot’s list by its mark {answer.mark}, for two minutes at least before it says that there is none. Do not start it anywhere else meanwhile.
        </Notice>
      )
    case 'not_found':
      return (
        <Notice role="alert" tone="warning" title="Spot’s list does not show this migration." action={again}>
          Spot’s answer was lost, and no run bears the mark {answer.mark}: it has most likely not started. Should it turn up later, it is recorded as this launch. Look at the migrations in the Spot console before you launch again.
        </Notice>
      )
    case 'rejected':
      return (
        <Notice role="alert" tone="error" title="Spot refused the migration." action={again}>
          {answer.problem?.detail ?? 'It gave no reason.'}
          {requestId(answer.problem?.upstreamRequestId)}
        </Notice>
      )
    case 'acked':
      return (
        <Notice role="status" tone="done" title="Started.">
          Opening run {answer.migrationId}.
        </Notice>
      )
  }
}
