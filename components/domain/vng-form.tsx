'use client'

import type { UseFormReturn } from 'react-hook-form'
import { TextField } from '@/components/form/text-field'
import type { VngTemplate } from '@/lib/contract/vngs'
import { taintText } from '@/lib/domain/matching/taints'
import { vngFields, type VngSection } from './vng-fields'
import type { VngFormValues } from './vng-form-values'
import { VngRowsField } from './vng-rows-field'
import { VngScalarField } from './vng-scalar-field'

type VngFormProps = { form: UseFormReturn<VngFormValues>; template: VngTemplate | null; isNew: boolean }

const sections: readonly { id: VngSection; title: string }[] = [
  { id: 'placement', title: 'Zones and sizes' },
  { id: 'limits', title: 'How many nodes' },
  { id: 'market', title: 'Spot and on demand' },
  { id: 'nodes', title: 'What a node is like' },
]

/** A group as a form. A field that is left empty comes from the template. */
export const VngForm = ({ form: { control, setValue }, template, isNew }: VngFormProps) => {
  const labels = Object.entries(template?.labels ?? {})
  const taints = template?.taints ?? []
  return (
    <div className="flex flex-col gap-5">
      <TextField control={control} name="name" label="Name" />
      <VngRowsField
        control={control}
        setValue={setValue}
        list="labels"
        one="label"
        title="Labels"
        help="A node matches when the group carries all of the labels that somebody gave the node."
        inherited={labels.map(([key, value]) => ({ key, value, effect: 'NoSchedule' }))}
        inheritedTexts={labels.map(([key, value]) => `${key}=${value}`)}
      />
      <VngRowsField
        control={control}
        setValue={setValue}
        list="taints"
        one="taint"
        title="Taints"
        help="Only pods that tolerate all of them run here. A node matches when the group carries exactly the taints of the node."
        inherited={taints}
        inheritedTexts={taints.map(taintText)}
      />
      {sections.map(({ id, title }) => (
        <section key={id} aria-label={title}>
          <h3 className="mb-2 font-semibold">{title}</h3>
          <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
            {vngFields
              .filter(({ section }) => section === id)
              .map((field) => (
                <VngScalarField key={field.id} control={control} field={field} template={template} isNew={isNew} />
              ))}
          </div>
        </section>
      ))}
      <VngRowsField
        control={control}
        setValue={setValue}
        list="tags"
        one="tag"
        title="Tags"
        help="Azure tags of the machines, at most 20."
        inherited={[]}
        inheritedTexts={[]}
      />
      <p className="text-xs text-text-2">Headroom, scheduling, subnets and everything else that a group can have are in the JSON view.</p>
    </div>
  )
}
