'use client'

import { Check } from 'lucide-react'
import * as Menu from 'radix-ui/dropdown-menu'
import type { ReactNode } from 'react'
import { cn } from './cn'

const content = 'z-50 max-h-[70dvh] min-w-44 overflow-y-auto rounded border border-line-2 bg-surface p-1 text-sm shadow'
const item =
  'flex min-h-[30px] items-center gap-2 rounded-sm px-2 outline-none select-none data-[highlighted]:bg-sunken aria-disabled:text-text-3 [&_svg]:size-4 [&_svg]:shrink-0'

type DropdownMenuProps = { trigger: ReactNode; align?: 'start' | 'end'; children: ReactNode }

/** A menu of actions or choices. `trigger` is one button. */
export const DropdownMenu = ({ trigger, align = 'start', children }: DropdownMenuProps) => (
  <Menu.Root modal={false}>
    <Menu.Trigger asChild>{trigger}</Menu.Trigger>
    <Menu.Portal>
      <Menu.Content align={align} sideOffset={4} collisionPadding={8} className={content}>
        {children}
      </Menu.Content>
    </Menu.Portal>
  </Menu.Root>
)

type MenuItemProps = {
  onSelect?: () => void
  /** Why the action cannot be done now; shown under its name. */
  disabledReason?: string | null
  icon?: ReactNode
  children: ReactNode
}

export const MenuItem = ({ onSelect, disabledReason, icon, children }: MenuItemProps) => (
  <Menu.Item
    className={item}
    aria-disabled={disabledReason ? true : undefined}
    onSelect={(event) => (disabledReason ? event.preventDefault() : onSelect?.())}
  >
    {icon}
    <span className="flex min-w-0 flex-col py-1">
      {children}
      {disabledReason ? <span className="max-w-72 text-xs text-text-3">{disabledReason}</span> : null}
    </span>
  </Menu.Item>
)

type MenuCheckItemProps = { isChecked: boolean; onChange: (isChecked: boolean) => void; disabledReason?: string | null; children: ReactNode }

/** One of several choices that may be on together; the menu stays open. */
export const MenuCheckItem = ({ isChecked, onChange, disabledReason, children }: MenuCheckItemProps) => (
  <Menu.CheckboxItem
    checked={isChecked}
    aria-disabled={disabledReason ? true : undefined}
    title={disabledReason ?? undefined}
    className={cn(item, 'pl-7 relative')}
    onSelect={(event) => event.preventDefault()}
    onCheckedChange={(checked) => !disabledReason && onChange(checked === true)}
  >
    <Menu.ItemIndicator className="absolute left-1.5">
      <Check aria-hidden />
    </Menu.ItemIndicator>
    {children}
  </Menu.CheckboxItem>
)

type MenuRadioProps<Value extends string> = {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** Exactly one of several choices. */
export const MenuRadio = <Value extends string>({ label, value, options, onChange }: MenuRadioProps<Value>) => (
  <Menu.RadioGroup
    aria-label={label}
    value={value}
    onValueChange={(next) => {
      const option = options.find((candidate) => candidate.value === next)
      if (option) onChange(option.value)
    }}
  >
    {options.map((option) => (
      <Menu.RadioItem key={option.value} value={option.value} className={cn(item, 'relative pl-7')}>
        <Menu.ItemIndicator className="absolute left-1.5">
          <Check aria-hidden />
        </Menu.ItemIndicator>
        {option.label}
      </Menu.RadioItem>
    ))}
  </Menu.RadioGroup>
)

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Menu.Label className="px-2 pt-1.5 pb-1 text-xs text-text-3">{children}</Menu.Label>
)

export const MenuSeparator = () => <Menu.Separator className="-mx-1 my-1 h-px bg-line" />
