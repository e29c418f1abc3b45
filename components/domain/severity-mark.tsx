import { Status, type StatusName } from '@/components/ui/status'
import { visibleText } from '@/lib/format/safe-text'

const looks: Record<string, { status: StatusName; word: string }> = {
  ERROR: { status: 'failed', word: 'Error' },
  WARN: { status: 'warning', word: 'Warning' },
  WARNING: { status: 'warning', word: 'Warning' },
  INFO: { status: 'pending', word: 'Info' },
  DEBUG: { status: 'untouched', word: 'Debug' },
}

/** The severity of a log line; one outside the vendor's list is shown as it came. */
export const SeverityMark = ({ severity }: { severity: string }) => {
  const look = looks[severity.toUpperCase()] ?? { status: 'unknown' as const, word: visibleText(severity) }
  return <Status name={look.status}>{look.word}</Status>
}
