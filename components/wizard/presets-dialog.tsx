'use client'

import { useState } from 'react'
import { FormError } from '@/components/form/form-error'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Time } from '@/components/ui/time'
import type { Preset, PresetsAnswer } from '@/lib/contract/presets'
import { visibleText } from '@/lib/format/safe-text'
import { asProblem } from '@/lib/queries/problem-error'
import { chooseDefaultPreset, deletePreset } from '@/lib/queries/presets'
import { optionsLine } from './presets-text'
import { usePresetChange } from './use-preset-change'

type RowProps = { preset: Preset; isDefault: boolean; isBusy: boolean; onDefault: () => void; onDelete: () => void }

type DeleteProps = { name: string; isBusy: boolean; onDelete: () => void; onKeep: () => void }

/** A preset is everybody's: its end is asked for once more, where the question arose. */
const Deleting = ({ name, isBusy, onDelete, onKeep }: DeleteProps) => (
  <span className="flex flex-wrap gap-2">
    <Button autoFocus onClick={onKeep}>
      Keep
    </Button>
    <Button variant="danger" isBusy={isBusy} onClick={onDelete} aria-label={`Delete ${name} for everybody`}>
      Delete for everybody
    </Button>
  </span>
)

const Row = ({ preset: { name, options, savedBy, savedAtMs }, isDefault, isBusy, onDefault, onDelete }: RowProps) => {
  const [isAsking, setAsking] = useState(false)
  return (
    <li className="flex flex-wrap items-start justify-between gap-2 py-2.5" aria-label={name}>
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">
          {visibleText(name)} {isDefault ? <Badge>Default of this cluster</Badge> : null}
        </p>
        <p className="text-xs text-text-2">{optionsLine(options)}</p>
        <p className="text-xs text-text-2">
          Saved by {visibleText(savedBy)} <Time atMs={savedAtMs} />
        </p>
      </div>
      {isAsking ? (
        <Deleting name={name} isBusy={isBusy} onDelete={onDelete} onKeep={() => setAsking(false)} />
      ) : (
        <span className="flex flex-wrap gap-2">
          <Button isBusy={isBusy} onClick={onDefault}>
            {isDefault ? 'Stop using as default' : 'Use as default'}
          </Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => setAsking(true)} aria-label={`Delete ${name}`}>
            Delete
          </Button>
        </span>
      )}
    </li>
  )
}

/** Every preset of the account: which one new plans of this cluster start from, and which are no longer needed. */
export const PresetsDialog = ({ clusterId, answer: { presets, defaultPresetId }, onClose }: { clusterId: string; answer: PresetsAnswer; onClose: () => void }) => {
  const choose = usePresetChange(clusterId, (presetId: string | null) => chooseDefaultPreset(clusterId, presetId))
  const remove = usePresetChange(clusterId, (presetId: string) => deletePreset(clusterId, presetId))
  const error = choose.error ?? remove.error
  const isBusy = choose.isPending || remove.isPending
  return (
    <Dialog isOpen onClose={onClose} title="Presets of this account" description="Shared by everybody who signs in to it. Plans that were made from a preset keep their options when it changes or goes.">
      {presets.length === 0 ? <p className="text-text-2">None is saved.</p> : null}
      <ul className="divide-y divide-line">
        {presets.map((preset) => {
          const isDefault = preset.presetId === defaultPresetId
          return <Row key={preset.presetId} preset={preset} isDefault={isDefault} isBusy={isBusy} onDefault={() => choose.mutate(isDefault ? null : preset.presetId)} onDelete={() => remove.mutate(preset.presetId)} />
        })}
      </ul>
      {error ? <FormError error={asProblem(error)} /> : null}
    </Dialog>
  )
}
