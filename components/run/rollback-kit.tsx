'use client'

import { useQuery } from '@tanstack/react-query'
import { RunbookActions, RunbookText } from '@/components/domain/runbook'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { runbookOf } from '@/lib/domain/plan/runbook'
import { asProblem } from '@/lib/queries/problem-error'
import { rollbackKitQuery } from '@/lib/queries/rollback'

type RollbackKitProps = { clusterId: string; migrationId: string; onClose: () => void }

/** What was recorded before a run, and the steps that undo it. */
export const RollbackKit = ({ clusterId, migrationId, onClose }: RollbackKitProps) => {
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
