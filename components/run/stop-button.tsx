'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { RunState } from '@/lib/domain/progress/state'
import { keys } from '@/lib/queries/keys'
import { stopRun } from '@/lib/queries/runs'
import type { RunFigures } from './facts'
import { whyNotStoppable } from './why-not-stoppable'

// It comes after the figures, and at once: who has to stop a run does not wait for it.
const StopDialog = dynamic(() => import('./stop-dialog').then((file) => file.StopDialog), { ssr: false })

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
      {reason === null || isOpen ? <StopDialog figures={figures} state={state} disabledReason={reason} stop={stop} isOpen={isOpen} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
