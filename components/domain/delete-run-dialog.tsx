'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { visibleText } from '@/lib/format/safe-text'
import { keys } from '@/lib/queries/keys'
import { asProblem } from '@/lib/queries/problem-error'
import { deleteRun } from '@/lib/queries/runs'

type DeleteRunDialogProps = { clusterId: string; migrationId: string; onClose: () => void; onDeleted: () => void }

/** Deletes the record of a run once its id was typed. What Spot itself lists is not touched, and the dialog says so. */
export const DeleteRunDialog = ({ clusterId, migrationId, onClose, onDeleted }: DeleteRunDialogProps) => {
  const client = useQueryClient()
  const formId = useId()
  const [typed, setTyped] = useState('')
  const confirm = typed.trim()
  const remove = useMutation({
    mutationFn: () => deleteRun(clusterId, migrationId, confirm),
    onSuccess: async () => {
      toast({ tone: 'done', title: 'Record deleted', detail: `The recording of ${migrationId} and what belonged to it are gone for everyone.` })
      onDeleted()
      client.removeQueries({ queryKey: keys.run(clusterId, migrationId) })
      await Promise.all([keys.runs(clusterId), keys.historyFacts(clusterId)].map((queryKey) => client.invalidateQueries({ queryKey })))
    },
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Delete the record of a run"
      description="This cannot be undone. The migration itself is over and stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Keep the record</Button>
          <Button type="submit" form={formId} variant="danger" isBusy={remove.isPending} disabledReason={confirm === migrationId ? null : 'Type the id of the run first.'}>
            Delete the record
          </Button>
        </>
      }
    >
      <p className="mb-3 text-text-2">
        The recording, its outcome and replay, the plan it was launched from, and the rollback kit of its launch are deleted for everyone. Of the launch its key stays, so that it cannot be sent twice.
        While Spot still lists the migration, about a month, it stays in the list as known from the API only: with its end, and without its course.
      </p>
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          remove.mutate()
        }}
      >
        <Field
          label={
            <>
              Type <span className="font-mono">{visibleText(migrationId)}</span> to delete it
            </>
          }
        >
          {(wiring) => <Input {...wiring} value={typed} autoComplete="off" spellCheck={false} className="font-mono text-xs" onChange={(event) => setTyped(event.target.value)} />}
        </Field>
      </form>
      {remove.error ? (
        <div className="mt-3">
          <FormError error={asProblem(remove.error)} />
        </div>
      ) : null}
    </Dialog>
  )
}
