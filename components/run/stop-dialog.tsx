import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { RunState } from '@/lib/domain/progress/state'
import { asProblem } from '@/lib/queries/problem-error'
import type { RunFigures } from './facts'
import { stopEffects } from './stop-effects'
import { StopSoFar } from './stop-so-far'

type StopDialogProps = {
  figures: RunFigures
  state: Pick<RunState, 'facts' | 'stopAsked'>
  disabledReason: string | null
  stop: { error: Error | null; isPending: boolean; mutate: () => void }
  isOpen: boolean
  onClose: () => void
}

/** What a stop does to which nodes, and whether one was asked for already, before it is asked for. */
export const StopDialog = ({ figures, state, disabledReason, stop, isOpen, onClose }: StopDialogProps) => (
  <Dialog
    isOpen={isOpen}
    onClose={onClose}
    title="Stop this run"
    description="A stopped run cannot go on. What has not moved can be migrated again by a new run."
    footer={
      <>
        <Button onClick={onClose}>Let it run</Button>
        <Button variant="danger" isBusy={stop.isPending} disabledReason={disabledReason} onClick={() => stop.mutate()}>
          Stop the run
        </Button>
      </>
    }
  >
    {state.stopAsked === null || disabledReason !== null ? null : (
      <p className="mb-3">
        <StopSoFar state={state} /> Asking again does no harm.
      </p>
    )}
    <dl className="flex flex-col gap-3">
      {stopEffects(figures.counts).map(({ id, title, sentence }) => (
        <div key={id}>
          <dt className="font-semibold">{title}</dt>
          <dd className="text-text-2">{sentence}</dd>
        </div>
      ))}
    </dl>
    {stop.error ? (
      <div className="mt-3">
        <FormError error={asProblem(stop.error)} />
      </div>
    ) : null}
  </Dialog>
)
