'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { asProblem } from '@/lib/queries/problem-error'
import { deleteVng } from '@/lib/queries/vngs'
import type { VngRow } from './vng-rows'

type DeleteDialogProps = { clusterId: string; row: VngRow; onClose: () => void; onDeleted: () => void }

/** Deletes an empty group, after its name was typed. */
export const DeleteDialog = ({ clusterId, row, onClose, onDeleted }: DeleteDialogProps) => {
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const remove = useMutation({
    mutationFn: () => deleteVng(client, clusterId, row.id),
    onSuccess: ({ name }) => {
      toast({ tone: 'done', title: `${name} is deleted` })
      onDeleted()
    },
  })
  const shown = visibleText(row.name)
  const isTyped = typed === row.name
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Delete ${shown}`}
      description="A deleted group cannot be brought back; an equal one would have another id."
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="danger" isBusy={remove.isPending} disabledReason={isTyped ? null : `Type ${shown} first.`} onClick={() => remove.mutate()}>
            Delete the group
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (isTyped && !remove.isPending) remove.mutate()
        }}
      >
        {row.wouldTake !== null && row.wouldTake > 0 ? (
          <p>
            {counted(row.wouldTake, 'unmanaged node')} {row.wouldTake === 1 ? 'matches' : 'match'} this group now and would match it no longer.
          </p>
        ) : null}
        <Field label={`Type ${shown} to delete it`}>{(wiring) => <Input {...wiring} value={typed} onChange={({ target }) => setTyped(target.value)} autoComplete="off" spellCheck={false} />}</Field>
        {remove.error ? <FormError error={asProblem(remove.error)} /> : null}
      </form>
    </Dialog>
  )
}
