import type { RunDocument } from '@/lib/contract/run-export'

/** Spreadsheets run a cell that begins like this as a formula; an apostrophe makes it text (OWASP, CSV Injection). */
const startsFormula = /^[=+\-@\t\r]/

/** One cell: made safe, and quoted where the text asks for it (RFC 4180). */
export const csvCell = (value: string | number | boolean | null): string => {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = startsFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const columns = ['name', 'pool', 'batch', 'status', 'outcome', 'startedAt', 'endedAt', 'podsLeft', 'vngId', 'vngName', 'startedAfter', 'endedAfter', 'wasBegun'] as const satisfies readonly (keyof RunDocument['nodes'][number])[]

/** The nodes of a run as CSV with a header, lines ended as RFC 4180 says. */
export const nodesCsv = ({ nodes }: RunDocument): string =>
  [columns.join(','), ...nodes.map((node) => columns.map((column) => csvCell(node[column])).join(','))].map((line) => `${line}\r\n`).join('')
