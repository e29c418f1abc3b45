'use client'

import * as SwitchPrimitive from 'radix-ui/switch'

type SwitchProps = {
  id?: string
  isOn: boolean
  onChange: (isOn: boolean) => void
  'aria-label'?: string
  'aria-describedby'?: string
  name?: string
}

export const Switch = ({ isOn, onChange, ...rest }: SwitchProps) => (
  <SwitchPrimitive.Root
    {...rest}
    checked={isOn}
    onCheckedChange={onChange}
    className="inline-flex h-[18px] w-8 shrink-0 items-center rounded-full border border-line-2 bg-line-2 p-px data-[state=checked]:border-accent data-[state=checked]:bg-accent"
  >
    <SwitchPrimitive.Thumb className="size-3.5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-3.5" />
  </SwitchPrimitive.Root>
)
