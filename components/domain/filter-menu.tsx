'use client'

import { ChevronDown } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuCheckItem, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu'
import { formatCount } from '@/lib/format/numbers'
import { visibleText } from '@/lib/format/safe-text'
import type { Choice } from './choices'

type FilterMenuProps = {
  label: string
  choices: readonly Choice[]
  chosen: readonly string[]
  wordOf?: (value: string) => string
  onChange: (chosen: string[]) => void
}

/** One filter: the values that occur, with how often. */
export const FilterMenu = ({ label, choices, chosen, wordOf = (value) => value, onChange }: FilterMenuProps) => (
  <DropdownMenu
    trigger={
      <Button aria-label={`Filter by ${label}${chosen.length > 0 ? `, ${chosen.length} chosen` : ''}`}>
        {label}
        {chosen.length > 0 ? <span className="rounded-sm bg-accent-soft px-1 text-xs text-accent">{chosen.length}</span> : null}
        <ChevronDown aria-hidden />
      </Button>
    }
  >
    {choices.map(({ value, count }) => (
      <MenuCheckItem key={value} isChecked={chosen.includes(value)} onChange={(isOn) => onChange(isOn ? [...chosen, value] : chosen.filter((other) => other !== value))}>
        <span className="flex-1">{visibleText(wordOf(value))}</span>
        <span className="pl-4 text-text-3">{formatCount(count)}</span>
      </MenuCheckItem>
    ))}
    {choices.length === 0 ? <MenuItem disabledReason="Nothing here has such a value.">Nothing to choose</MenuItem> : null}
    {chosen.length > 0 ? (
      <>
        <MenuSeparator />
        <MenuItem onSelect={() => onChange([])}>Clear this filter</MenuItem>
      </>
    ) : null}
  </DropdownMenu>
)
