'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect } from 'react'
import { useForm, useWatch, type Control } from 'react-hook-form'
import { SwitchField } from '@/components/form/switch-field'
import { TextareaField, TextField } from '@/components/form/text-field'
import { Card } from '@/components/ui/card'
import { preferencesForm, readPercentage, validPreferences, type PreferencesForm } from '@/lib/contract/draft'
import { commentBudget } from '@/lib/domain/launch-mark'
import { counted } from '@/lib/format/plural'
import { NameList } from './name-list'
import { batchLines, healthyLine, podsText, switchTexts, type SwitchInput } from './option-texts'
import { selectionOf } from './plan-selection'
import type { Plan } from './use-plan'

type StepPreferencesProps = { plan: Plan; initial: PreferencesForm; onChange: (form: PreferencesForm) => void }

const Lines = ({ lines }: { lines: readonly string[] | null }) =>
  lines === null ? null : (
    <ul className="mt-1 text-text">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )

const overdraftLines = ({ overdraftsOtherwise, ...plan }: Plan): string[] => {
  const overdrafts = overdraftsOtherwise?.overdrafts ?? plan.overdrafts
  if (overdrafts === null || overdrafts.length === 0) return []
  const batches = new Set(overdrafts.map(({ batch }) => batch)).size
  const budgets = new Set(overdrafts.map(({ budget }) => budget)).size
  return [`${counted(batches, 'batch', 'batches')} would overdraw ${counted(budgets, 'budget')}: see the plan`]
}

type SwitchesProps = { control: Control<PreferencesForm>; values: Partial<PreferencesForm>; selection: SwitchInput }

const Switches = ({ control, values, selection }: SwitchesProps) => (
  <div className="grid gap-4">
    {switchTexts.map(({ name, label, byDefault, explain, effect }) => {
      const { sentence, lists } = effect(values[name] === true, selection)
      return (
        <div key={name}>
          <SwitchField
            control={control}
            name={name}
            label={label}
            aside={`default ${byDefault}`}
            help={
              <>
                {explain}
                <span className="mt-1 block text-text">{sentence}</span>
              </>
            }
          />
          <div className="mt-0.5 grid pl-12">
            {lists.map(({ title, names }) => (
              <NameList key={title} title={title} names={names} />
            ))}
          </div>
        </div>
      )
    })}
  </div>
)

/** What is on the nodes that move, by name where Kubernetes was read. */
const OnTheseNodes = ({ plan: { effects, facts } }: { plan: Plan }) =>
  effects.moved === null ? (
    <p className="text-xs text-text-2">On these nodes: {podsText(facts)}. Their names, workloads and budgets are not read: Kubernetes is not connected, or has not answered yet.</p>
  ) : (
    <NameList title={`${counted(effects.moved.pods, 'pod')} of ${counted(effects.moved.workloads.length, 'workload')} are moved`} names={effects.moved.workloads} />
  )

/** Every option of the API, at its default, with what it does to this selection. */
export const StepPreferences = ({ plan, initial, onChange }: StepPreferencesProps) => {
  const { control, subscribe } = useForm<PreferencesForm>({ defaultValues: initial, mode: 'onChange', resolver: zodResolver(validPreferences) })
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          const parsed = preferencesForm.safeParse(values)
          if (parsed.success) onChange(parsed.data)
        },
      }),
    [subscribe, onChange],
  )
  const values = useWatch({ control })
  const percentage = readPercentage(values.batchSizePercentage ?? '')
  const healthy = readPercentage(values.batchMinHealthyPercentage ?? '')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <Card title="Batches">
        <div className="grid gap-4">
          <TextField
            control={control}
            name="batchSizePercentage"
            label="Batch size, percent"
            inputMode="numeric"
            aside="default 20"
            help={
              <>
                {plan.learned.state === 'learned' ? 'How much moves at the same time. Readings that your recorded runs ruled out are left out.' : 'How much moves at the same time. The vendor documents three readings; the plan shows the one that disrupts most.'}
                <Lines lines={[...(batchLines(percentage, plan.facts, plan.learned) ?? []), ...overdraftLines(plan)]} />
              </>
            }
          />
          <TextField
            control={control}
            name="batchMinHealthyPercentage"
            label="Healthy, percent"
            inputMode="numeric"
            aside="default 50"
            help={
              <>
                Share of a batch that must be healthy for the run to go on.
                <Lines lines={[healthyLine(healthy, percentage, plan.facts, plan.learned)].filter((line) => line !== null)} />
              </>
            }
          />
          <TextareaField control={control} name="comment" label="Comment" maxCharacters={commentBudget} help="Stands in the history here and in the vendor’s console. A short mark is added, by which a lost answer can be found again." />
        </div>
      </Card>
      <Card title="What may be disrupted">
        <div className="grid gap-4">
          <OnTheseNodes plan={plan} />
          <Switches control={control} values={values} selection={selectionOf(plan)} />
        </div>
      </Card>
    </div>
  )
}
