import { causeOf, type FailureCause } from '@/lib/domain/outcome/causes'

type Line = { atMs: number | null; severity: string; message: string; migrationId: string | null }

/** A line of the log as tables draw it. `id` is what it says, since lines have no id of their own: it stays when others come before or after it. */
export type LogEntry = Line & { id: string; cause: FailureCause | null }

export const logEntries = (lines: readonly Line[]): LogEntry[] => {
  const alike = new Map<string, number>()
  return lines.map((line) => {
    const words = `${line.atMs} ${line.severity} ${line.message}`
    const count = (alike.get(words) ?? 0) + 1
    alike.set(words, count)
    return { ...line, id: `${words} ${count}`, cause: causeOf(line.message) }
  })
}

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
