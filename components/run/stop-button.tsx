'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import type { RunState } from '@/lib/domain/progress/state'
import { keys } from '@/lib/queries/keys'
import { asProblem } from '@/lib/queries/problem-error'
import { stopRun } from '@/lib/queries/runs'
import type { RunFigures } from './facts'
import { StopSoFar } from './stop-so-far'
import { stopEffects, whyNotStoppable } from './stop-effects'

type StopButtonProps = {
  clusterId: string
  migrationId: string
  figures: RunFigures
  state: Pick<RunState, 'facts' | 'stopAsked'>
}

/** Stops the run, after saying what that does to which nodes. */
export const StopButton = ({ clusterId, migrationId, figures, state }: StopButtonProps) => {
  const [isOpen, setOpen] = useState(false)
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () => stopRun(clusterId, migrationId),
    onSuccess: () => {
      setOpen(false)
      toast({ tone: 'done', title: 'Stop asked for', detail: 'The status changes once the batch that is on has ended.' })
      return client.invalidateQueries({ queryKey: keys.run(clusterId, migrationId) })
    },
  })
  const reason = whyNotStoppable(figures)
  const open = () => {
    stop.reset()
    setOpen(true)
  }
  return (
    <>
      <Button variant="danger" disabledReason={reason} onClick={open}>
        Stop
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Stop this run"
        description="A stopped run cannot go on. What has not moved can be migrated again by a new run."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Let it run</Button>
            <Button variant="danger" isBusy={stop.isPending} disabledReason={reason} onClick={() => stop.mutate()}>
              Stop the run
            </Button>
          </>
        }
      >
        {state.stopAsked === null || reason !== null ? null : (
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
    </>
  )
}
