'use client'

import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuCheckItem } from '@/components/ui/dropdown-menu'
import type { TableColumn } from './column'

type ColumnMenuProps<Row> = {
  columns: readonly TableColumn<Row>[]
  hidden: ReadonlySet<string>
  onChange: (hidden: ReadonlySet<string>) => void
}

/** Which columns are shown. The parent keeps the choice, in the URL. */
export const ColumnMenu = <Row,>({ columns, hidden, onChange }: ColumnMenuProps<Row>) => {
  const set = (id: string, isShown: boolean) => {
    const next = new Set(hidden)
    if (isShown) next.delete(id)
    else next.add(id)
    onChange(next)
  }
  return (
    <DropdownMenu align="end" trigger={<Button>Columns</Button>}>
      {columns.map(({ id, header, canHide = true }) => (
        <MenuCheckItem
          key={id}
          isChecked={!hidden.has(id)}
          disabledReason={canHide ? null : 'This column names the row.'}
          onChange={(isShown) => set(id, isShown)}
        >
          {header}
        </MenuCheckItem>
      ))}
    </DropdownMenu>
  )
}
