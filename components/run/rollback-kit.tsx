'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { RunbookActions, RunbookText } from '@/components/domain/runbook'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { runbookOf } from '@/lib/domain/plan/runbook'
import { asProblem } from '@/lib/queries/problem-error'
import { rollbackKitQuery } from '@/lib/queries/rollback'

type WayBackProps = { clusterId: string; migrationId: string }

const Kit = ({ clusterId, migrationId, onClose }: WayBackProps & { onClose: () => void }) => {
  const { data, error } = useQuery(rollbackKitQuery(clusterId, migrationId))
  const kit = data?.kit ?? null
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="The way back"
      description="What was recorded before this run was launched, and the steps that undo it. Slipway does none of them by itself."
      footer={kit === null ? undefined : <RunbookActions kit={kit} migrationId={migrationId} />}
    >
      {error ? <Notice tone="warning">{asProblem(error).detail}</Notice> : null}
      {data === undefined && !error ? <p className="text-text-2">Being read.</p> : null}
      {data !== undefined && kit === null ? <p>Nothing was recorded before this run: it was launched outside Slipway, or the facts could not be read then.</p> : null}
      {kit === null ? null : <RunbookText text={runbookOf(kit, migrationId)} />}
    </Dialog>
  )
}

/** The steps that undo a run, from what was recorded before it. */
export const WayBack = (props: WayBackProps) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Way back</Button>
      {isOpen ? <Kit {...props} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
