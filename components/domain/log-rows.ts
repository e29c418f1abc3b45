import { causeOf, type FailureCause } from '@/lib/domain/outcome/causes'

/** A line of the log as tables draw it. `id` is its place in the answer: lines have no id of their own. */
export type LogEntry = { id: string; atMs: number | null; severity: string; message: string; migrationId: string | null; cause: FailureCause | null }

export const logEntries = (lines: readonly { atMs: number | null; severity: string; message: string; migrationId: string | null }[]): LogEntry[] =>
  lines.map((line, index) => ({ ...line, id: String(index), cause: causeOf(line.message) }))

/** The documented causes named by these lines, each once, with how often. */
export const causesIn = (entries: readonly LogEntry[]): { cause: FailureCause; count: number }[] => {
  const found = new Map<string, { cause: FailureCause; count: number }>()
  for (const { cause } of entries) {
    if (cause === null) continue
    const known = found.get(cause.id)
    if (known) known.count += 1
    else found.set(cause.id, { cause, count: 1 })
  }
  return [...found.values()]
}
