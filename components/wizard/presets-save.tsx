'use client'

import { useState } from 'react'
import { FormError } from '@/components/form/form-error'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { PreferencesForm } from '@/lib/contract/draft'
import { presetName, presetOptionsOf, type Preset } from '@/lib/contract/presets'
import { createPreset, replacePreset } from '@/lib/queries/presets'
import { asProblem } from '@/lib/queries/problem-error'
import { usePresetChange } from './use-preset-change'

const same = (name: string) => name.trim().toLowerCase()

type SavePresetProps = { clusterId: string; presets: readonly Preset[]; form: PreferencesForm; onClose: () => void }

/** Keeps the options under a name. A name that is taken replaces only when the button says so. */
export const SavePreset = ({ clusterId, presets, form, onClose }: SavePresetProps) => {
  const [name, setName] = useState('')
  const [isTouched, setTouched] = useState(false)
  const taken = presets.find((preset) => same(preset.name) === same(name))
  const parsed = presetName.safeParse(name)
  const fault = parsed.success ? null : (parsed.error.issues[0]?.message ?? 'The name is not valid.')
  const save = usePresetChange(
    clusterId,
    (request: { name: string; options: ReturnType<typeof presetOptionsOf> }) => (taken ? replacePreset(clusterId, taken.presetId, request) : createPreset(clusterId, request)),
    onClose,
  )
  const submit = () => (parsed.success ? save.mutate({ name: parsed.data, options: presetOptionsOf(form) }) : setTouched(true))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Save these options as a preset"
      description="Everybody who signs in to this account sees it and can use it. The comment is not kept: it is about one run."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" isBusy={save.isPending} disabledReason={isTouched ? fault : null} onClick={submit}>
            {taken ? `Replace ${taken.name}` : 'Save preset'}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Field
          label="Name"
          error={isTouched ? fault : null}
          help={taken ? `${taken.name} was saved by ${taken.savedBy}. Saving replaces its options for everybody; plans made from it stay as they are.` : undefined}
        >
          {(wiring) => (
            <Input
              {...wiring}
              autoFocus
              autoComplete="off"
              value={name}
              onChange={(event) => {
                setName(event.target.value)
                setTouched(true)
              }}
            />
          )}
        </Field>
      </form>
      {save.error ? <FormError error={asProblem(save.error)} /> : null}
    </Dialog>
  )
}
