'use client'

import { CopyButton } from '@/components/ui/copy-button'
import { Tabs } from '@/components/ui/tabs'
import { visibleText } from '@/lib/format/safe-text'
import { patchForms, type PatchForm } from './patches/patch'
import type { Patch } from './patches/patches-of'

const formWords: Record<PatchForm, string> = { kubectl: 'kubectl', kustomize: 'Kustomize', helm: 'Helm values' }

/** What nobody would see is written out, line by line; what is copied is the text itself. */
const shown = (text: string) => text.split('\n').map(visibleText).join('\n')

const PatchItem = ({ patch: { title, note, texts }, form }: { patch: Patch; form: PatchForm }) => {
  const name = visibleText(title)
  return (
    <li>
      <div className="flex items-center justify-between gap-2">
        <h4 className="font-medium break-words">{name}</h4>
        <CopyButton text={texts[form]} label={`Copy: ${name}, ${formWords[form]}`} />
      </div>
      <p className="text-text-2">{note}</p>
      <pre tabIndex={0} aria-label={`${name}, ${formWords[form]}`} className="mt-1 max-h-96 overflow-auto rounded bg-sunken p-3 font-mono text-xs">
        {shown(texts[form])}
      </pre>
    </li>
  )
}

type PatchListProps = { patches: readonly Patch[]; form: PatchForm; onFormChange: (form: PatchForm) => void }

/** The same changes in three forms; one is looked at. */
export const PatchList = ({ patches, form, onFormChange }: PatchListProps) => (
  <Tabs
    label="Form of the patches"
    value={form}
    onChange={onFormChange}
    tabs={patchForms.map((id) => ({
      id,
      label: formWords[id],
      content: (
        <ul className="flex flex-col gap-4">
          {patches.map((patch) => (
            <PatchItem key={patch.id} patch={patch} form={id} />
          ))}
        </ul>
      ),
    }))}
  />
)
