import { downloadText } from '@/components/ui/download-text'
import type { RunRecord } from '@/lib/contract/run'
import { nodesCsv } from './csv'
import { redactRecord } from './redact'
import { runDocumentOf } from './run-document'

/** Gives the browser a file of the run: its nodes as CSV, or everything as JSON. */
export const saveRun = (kind: 'csv' | 'json', record: RunRecord, isRedacted: boolean): void => {
  const document = runDocumentOf(isRedacted ? redactRecord(record) : record, isRedacted)
  const name = `${record.run.migrationId}${isRedacted ? '-without-names' : ''}.${kind}`
  if (kind === 'csv') downloadText(name, 'text/csv;charset=utf-8', nodesCsv(document))
  else downloadText(name, 'application/json', `${JSON.stringify(document, null, 2)}\n`)
}
