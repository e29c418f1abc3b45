import { Status, StatusGlyph, type StatusName } from '@/components/ui/status'
import { visibleText } from '@/lib/format/safe-text'

const looks: Record<string, { status: StatusName; word: string }> = {
  ERROR: { status: 'failed', word: 'Error' },
  WARN: { status: 'warning', word: 'Warning' },
  WARNING: { status: 'warning', word: 'Warning' },
  INFO: { status: 'pending', word: 'Info' },
  DEBUG: { status: 'untouched', word: 'Debug' },
}

const lookOf = (severity: string) => looks[severity.toUpperCase()] ?? { status: 'unknown' as const, word: visibleText(severity) }

/** The severity of a log line; one outside the vendor's list is shown as it came. */
export const SeverityMark = ({ severity }: { severity: string }) => {
  const { status, word } = lookOf(severity)
  return <Status name={status}>{word}</Status>
}

/** The severity before a message, where a narrow screen has no column for it. */
export const NarrowSeverity = ({ severity }: { severity: string }) => {
  const { status, word } = lookOf(severity)
  return (
    <span title={word} className="shrink-0 sm:hidden">
      <StatusGlyph name={status} />
      <span className="sr-only">{word}: </span>
    </span>
  )
}
