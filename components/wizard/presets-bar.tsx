'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { Fragment, useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { validPreferences, type PreferencesForm } from '@/lib/contract/draft'
import { isPresetOf } from '@/lib/contract/presets'
import { presetsQuery } from '@/lib/queries/presets'
import { presetSentence } from './presets-text'

const PresetsDialog = dynamic(() => import('./presets-dialog').then((file) => file.PresetsDialog), { ssr: false })
const SavePreset = dynamic(() => import('./presets-save').then((file) => file.SavePreset), { ssr: false })

type PresetsBarProps = { clusterId: string; form: PreferencesForm; onApply: (form: PreferencesForm) => void }

const PresetsBar = ({ clusterId, form, onApply }: PresetsBarProps) => {
  const { data, error } = useQuery(presetsQuery(clusterId))
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null)
  if (data === undefined) return error === null ? null : <p className="mb-3 text-text-2">Presets could not be read. The options below can be set all the same.</p>
  const current = data.presets.find((preset) => isPresetOf(preset, form))
  const isValid = validPreferences.safeParse({ ...form, comment: '' }).success
  const apply = (id: string) => {
    const preset = data.presets.find(({ presetId }) => presetId === id)
    if (preset) onApply({ ...preset.options, comment: form.comment })
  }
  return (
    <section aria-label="Presets" className="mb-3 flex flex-wrap items-center gap-2">
      {data.presets.length > 0 ? (
        <Select
          aria-label="Preset"
          value={current?.presetId ?? ''}
          options={[...(current ? [] : [{ value: '', label: 'Choose a preset' }]), ...data.presets.map(({ presetId, name }) => ({ value: presetId, label: name }))]}
          onChange={apply}
        />
      ) : null}
      <Button disabledReason={isValid ? null : 'A preference is not valid: correct it first.'} onClick={() => setDialog('save')}>
        Save as preset
      </Button>
      {data.presets.length > 0 ? <Button onClick={() => setDialog('manage')}>Manage presets</Button> : null}
      <span className="text-text-2">{presetSentence(data, form)}</span>
      {dialog === 'save' ? <SavePreset clusterId={clusterId} presets={data.presets} form={form} onClose={() => setDialog(null)} /> : null}
      {dialog === 'manage' ? <PresetsDialog clusterId={clusterId} answer={data} onClose={() => setDialog(null)} /> : null}
    </section>
  )
}

type WithPresetsProps = PresetsBarProps & { children: (initial: PreferencesForm) => ReactNode }

/**
 * The presets over the form they fill. The form keeps values of its own: when a preset is taken it is drawn anew
 * from that, since what the page knows of the draft follows a moment later.
 */
export const WithPresets = ({ form, onApply, children, ...bar }: WithPresetsProps) => {
  const [taken, setTaken] = useState({ times: 0, form })
  return (
    <>
      <PresetsBar
        {...bar}
        form={form}
        onApply={(preset) => {
          onApply(preset)
          setTaken({ times: taken.times + 1, form: preset })
        }}
      />
      <Fragment key={taken.times}>{children(taken.form)}</Fragment>
    </>
  )
}
