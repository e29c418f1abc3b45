'use client'

import { useId } from 'react'
import { targetWords, type HoldTarget } from './hold-form'

type TargetFieldProps = { targets: readonly HoldTarget[]; chosen: HoldTarget; onChange: (target: HoldTarget) => void }

const notes = { node: 'As named now.', pool: 'Every node of it, and those that join it later.' } as const

/** Whether the nodes are held, or their pools as wholes. */
export const TargetField = ({ targets, chosen, onChange }: TargetFieldProps) => {
  const id = useId()
  return (
    <fieldset>
      <legend className="mb-1 font-medium">What is held</legend>
      <div className="flex flex-col gap-1.5">
        {targets.map((target) => (
          <label key={target.kind} className="flex items-start gap-2">
            <input type="radio" name={id} checked={target.kind === chosen.kind} onChange={() => onChange(target)} className="mt-0.5 size-4 shrink-0 accent-accent" />
            <span className="min-w-0 break-words">
              {targetWords(target)} <span className="text-text-2">{notes[target.kind]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
