'use client'

import { useId } from 'react'
import { Input } from '@/components/ui/input'
import { useNow } from '@/components/ui/use-now'
import { absoluteTime } from '@/lib/format/time'
import { endChoices, endOf, type EndChoice, type HoldForm } from './hold-form'

const words: Record<EndChoice, string> = { released: 'When somebody releases it', hour: 'In 1 hour', day: 'In 1 day', moment: 'At a time of your choice' }

type End = Pick<HoldForm, 'end' | 'moment'>
type EndFieldProps = { value: End; error: string | undefined; onChange: (value: End) => void }

const untilWords = (value: End, nowMs: number | null): string => {
  if (value.end === 'released') return 'It does not end by itself.'
  const endsAtMs = nowMs === null ? undefined : endOf(value, nowMs)
  return endsAtMs == null ? 'In the time of your browser.' : `Until ${absoluteTime(endsAtMs)}.`
}

/** When the hold ends by itself, with the moment spelled out. */
export const EndField = ({ value, error, onChange }: EndFieldProps) => {
  const id = useId()
  const nowMs = useNow()
  return (
    <fieldset aria-describedby={`${id}-until`}>
      <legend className="mb-1 font-medium">Ends</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {endChoices.map((end) => (
          <label key={end} className="flex items-center gap-2">
            <input type="radio" name={id} checked={value.end === end} onChange={() => onChange({ ...value, end })} className="size-4 accent-accent" />
            {words[end]}
          </label>
        ))}
      </div>
      {value.end === 'moment' ? (
        <Input
          type="datetime-local"
          aria-label="Day and time of the end"
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-until${error ? ` ${id}-error` : ''}`}
          value={value.moment}
          onChange={({ target }) => onChange({ ...value, moment: target.value })}
          className="mt-2 w-56"
        />
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="mt-1 text-xs font-medium text-failed">
          {error}
        </p>
      ) : null}
      <p id={`${id}-until`} className="mt-1 text-xs text-text-2">
        {untilWords(value, nowMs)}
      </p>
    </fieldset>
  )
}
