import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { controlLook } from './input'

type SelectProps<Value extends string> = Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'children'> & {
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** The browser's own select: the most accessible one, and the lightest. */
export const Select = <Value extends string>({ value, options, onChange, className, ...rest }: SelectProps<Value>) => (
  <span className={cn('relative inline-block', className)}>
    <select
      {...rest}
      value={value}
      onChange={(event) => {
        const option = options.find((candidate) => candidate.value === event.target.value)
        if (option) onChange(option.value)
      }}
      className={cn(controlLook, 'h-[30px] appearance-none pr-7')}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
    <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-text-3" />
  </span>
)
