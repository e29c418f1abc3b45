'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { MatchEffects } from '@/components/domain/match-effects'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { blastRadius, type BlastRadius } from '@/lib/domain/matching/blast-radius'
import { visibleText } from '@/lib/format/safe-text'
import { inventoryQuery, vngsQuery } from '@/lib/queries/clusters'
import { asProblem } from '@/lib/queries/problem-error'
import { deleteVng } from '@/lib/queries/vngs'
import type { VngRow } from './vng-rows'

type DeleteDialogProps = { clusterId: string; row: VngRow; onClose: () => void; onDeleted: () => void }

/** What the group's end would do to matches; null while it is not known. */
const useRadius = (clusterId: string, vngId: string): BlastRadius | null => {
  const { data: groups } = useQuery(vngsQuery(clusterId))
  const { data: inventory } = useQuery(inventoryQuery(clusterId))
  return useMemo(() => {
    const before = groups?.vngs.find(({ id }) => id === vngId)
    return groups && inventory && before ? blastRadius({ before, after: null, groups, nodes: inventory.nodes }) : null
  }, [groups, inventory, vngId])
}

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
  const radius = useRadius(clusterId, row.id)
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
        {radius === null ? <p className="text-text-2">Which nodes would lose their match is not known: the nodes are not read.</p> : <MatchEffects radius={radius} />}
        <Field label={`Type ${shown} to delete it`}>{(wiring) => <Input {...wiring} value={typed} onChange={({ target }) => setTyped(target.value)} autoComplete="off" spellCheck={false} />}</Field>
        {remove.error ? <FormError error={asProblem(remove.error)} /> : null}
      </form>
    </Dialog>
  )
}
