'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useKeptForm, useLeftForm } from '@/components/domain/use-kept-form'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { useNow } from '@/components/ui/use-now'
import { longestReason, type Hold, type HoldRequest } from '@/lib/contract/holds'
import { holdNodes } from '@/lib/queries/holds'
import { asProblem } from '@/lib/queries/problem-error'
import { EndField } from './end-field'
import { formAsLeft, keptPart, momentText, readHoldForm, targetWords, type HoldForm, type HoldTarget } from './hold-form'
import { TargetField } from './target-field'

export type HoldDialogProps = {
  clusterId: string
  /** Under what its fields are kept while it is open. */
  keptAs: string
  /** What may be held; the first is chosen at first. */
  targets: readonly [HoldTarget, ...HoldTarget[]]
  /** The hold that is being changed. */
  before?: Pick<Hold, 'holdId' | 'reason' | 'endsAtMs'>
  onClose: () => void
  onHeld?: (request: HoldRequest) => void
}

const startOf = ({ targets: [target], before }: Pick<HoldDialogProps, 'targets' | 'before'>): HoldForm => {
  const endsAtMs = before?.endsAtMs ?? null
  return { target, reason: before?.reason ?? '', end: endsAtMs === null ? 'released' : 'moment', moment: endsAtMs === null ? '' : momentText(endsAtMs) }
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Keeps nodes or pools out of migrations, for a reason. */
export const HoldDialog = ({ clusterId, keptAs, targets, before, onClose, onHeld }: HoldDialogProps) => {
  const client = useQueryClient()
  const left = useLeftForm(keptAs)
  const [form, setForm] = useState(() => formAsLeft(startOf({ targets, before }), targets, left))
  useKeptForm(keptAs, keptPart(form))
  const nowMs = useNow()
  const [isTried, setIsTried] = useState(false)
  const words = targetWords(form.target)
  const hold = useMutation({
    mutationFn: (request: HoldRequest) => holdNodes(client, clusterId, before === undefined ? request : { ...request, replaces: [before.holdId] }),
    onSuccess: (_, request) => {
      const areMany = request.names.length > 1
      toast({ tone: 'done', title: `${request.kind === 'pool' ? sentenceCase(words) : words} ${areMany ? 'are' : 'is'} held` })
      onHeld?.(request)
      onClose()
    },
  })
  const faults = isTried && nowMs !== null ? readHoldForm(form, nowMs).faults : null
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setIsTried(true)
    const { request } = readHoldForm(form, Date.now())
    if (request !== null && !hold.isPending) hold.mutate(request)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${before ? 'Change the hold on' : 'Hold'} ${words}`}
      description="Everybody in this account sees the hold. Plans leave out what is held, and Slipway starts no migration that names it. Spot does not know of it: a migration started elsewhere can still move it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" isBusy={hold.isPending} onClick={() => submit()}>
            {before ? 'Change the hold' : `Hold ${words}`}
          </Button>
        </>
      }
    >
      <form className="flex flex-col gap-4" onSubmit={submit} noValidate>
        {targets.length > 1 ? <TargetField targets={targets} chosen={form.target} onChange={(target) => setForm({ ...form, target })} /> : null}
        {faults?.target ? <FormError error={{ title: 'Too many', detail: faults.target }} /> : null}
        <Field label="Reason" help="One line, shown wherever the hold is." aside={`at most ${longestReason} characters`} error={faults?.reason}>
          {(wiring) => <Input {...wiring} value={form.reason} onChange={({ target }) => setForm({ ...form, reason: target.value })} autoComplete="off" placeholder="kernel upgrade until Thursday" />}
        </Field>
        <EndField value={form} error={faults?.end} onChange={(end) => setForm({ ...form, ...end })} />
        {hold.error ? <FormError error={asProblem(hold.error)} /> : null}
      </form>
    </Dialog>
  )
}
