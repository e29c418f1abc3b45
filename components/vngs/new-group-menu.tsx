'use client'

import { Plus } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { Name } from '@/components/ui/name'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'

type Pool = { poolName: string; nodes: number; unmatched: number }
type NewGroupMenuProps = { pools: readonly Pool[]; whyNot: string | null; onScratch: () => void; onPool: (poolName: string) => void }

const poolText = ({ nodes, unmatched }: Pool) => (unmatched === 0 ? `${counted(nodes, 'node')}, all matched` : unmatched === nodes ? `${counted(nodes, 'node')}, none matched` : `${counted(nodes, 'node')}, ${formatCount(unmatched)} unmatched`)

/** What a new group may start from. Pools whose nodes match nothing come first. */
export const NewGroupMenu = ({ pools, whyNot, onScratch, onPool }: NewGroupMenuProps) => {
  const button = (
    <Button variant="primary" icon={<Plus aria-hidden />} disabledReason={whyNot}>
      New group
    </Button>
  )
  if (whyNot !== null) return button
  return (
    <DropdownMenu align="end" trigger={button}>
      <MenuItem onSelect={onScratch}>From scratch</MenuItem>
      {pools.length > 0 ? <MenuSeparator /> : null}
      {pools.length > 0 ? <MenuLabel>Like a node pool</MenuLabel> : null}
      {pools.map((pool) => (
        <MenuItem key={pool.poolName} onSelect={() => onPool(pool.poolName)}>
          <Name>{pool.poolName}</Name>
          <span className="text-xs text-text-2">{poolText(pool)}</span>
        </MenuItem>
      ))}
    </DropdownMenu>
  )
}
