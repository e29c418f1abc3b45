'use client'

import { Download } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { downloadText } from '@/components/ui/download-text'
import { DropdownMenu, MenuCheckItem, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu'
import type { RunRecord } from '@/lib/contract/run'
import type { RunChange } from '@/lib/domain/progress/change'
import { routes } from '@/lib/routes'
import { nodesCsv } from './csv'
import { redactRecord } from './redact'
import { runDocumentOf } from './run-document'

/** Files and a printable report of a run, with all `changes` seen so far. */
export const ExportMenu = ({ record, changes }: { record: RunRecord; changes: readonly RunChange[] }) => {
  const [isRedacted, setRedacted] = useState(false)
  const router = useRouter()
  const { clusterId, migrationId } = record.run
  const document = () => {
    const whole: RunRecord = { ...record, changes: [...changes] }
    return runDocumentOf(isRedacted ? redactRecord(whole) : whole, isRedacted)
  }
  const fileName = (kind: string) => `${migrationId}${isRedacted ? '-without-names' : ''}.${kind}`
  return (
    <DropdownMenu align="end" trigger={<Button icon={<Download aria-hidden />}>Export</Button>}>
      <MenuItem onSelect={() => downloadText(fileName('csv'), 'text/csv;charset=utf-8', nodesCsv(document()))}>Nodes as CSV</MenuItem>
      <MenuItem onSelect={() => downloadText(fileName('json'), 'application/json', `${JSON.stringify(document(), null, 2)}\n`)}>Whole run as JSON</MenuItem>
      <MenuItem onSelect={() => router.push(routes.runReport(clusterId, migrationId, isRedacted ? { names: 'hidden' } : {}))}>Report to print</MenuItem>
      <MenuSeparator />
      <MenuCheckItem isChecked={isRedacted} onChange={setRedacted}>
        Without names
      </MenuCheckItem>
    </DropdownMenu>
  )
}
