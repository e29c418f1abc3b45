'use client'

import { Download } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuCheckItem, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu'
import type { RunRecord } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import { routes } from '@/lib/routes'

/** Files and a printable report of a run, with all `changes` seen so far. */
export const ExportMenu = ({ record, changes }: { record: RunRecord; changes: readonly RunChange[] }) => {
  const [isRedacted, setRedacted] = useState(false)
  const router = useRouter()
  const { clusterId, migrationId } = record.run
  // What makes the files loads with the first one.
  const save = async (kind: 'csv' | 'json') => (await import('./save-run')).saveRun(kind, { ...record, changes: [...changes] }, isRedacted)
  return (
    <DropdownMenu align="end" trigger={<Button icon={<Download aria-hidden />}>Export</Button>}>
      <MenuItem onSelect={() => void save('csv')}>Nodes as CSV</MenuItem>
      <MenuItem onSelect={() => void save('json')}>Whole run as JSON</MenuItem>
      <MenuItem onSelect={() => router.push(routes.runReport(clusterId, migrationId, isRedacted ? { names: 'hidden' } : {}))}>Report to print</MenuItem>
      <MenuSeparator />
      <MenuCheckItem isChecked={isRedacted} onChange={setRedacted}>
        Without names
      </MenuCheckItem>
    </DropdownMenu>
  )
}
