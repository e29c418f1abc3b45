import Link from 'next/link'
import { Status, type StatusName } from '@/components/ui/status'
import { visibleText } from '@/lib/format/safe-text'
import type { Finding, FindingId, Severity } from '@/lib/domain/readiness/finding'
import type { Fix } from './finding-fix'

export const severityLooks: Record<Severity, StatusName> = { blocker: 'failed', warning: 'warning', note: 'pending' }

type FindingsProps = {
  findings: readonly Finding[]
  isShort?: boolean
  /** The way to what cures a finding, beside its remedy. */
  fixFor?: (id: FindingId) => Fix | null
}

const FixLink = ({ fix }: { fix: Fix | null }) =>
  fix === null ? null : (
    <Link href={fix.href} className="text-accent underline underline-offset-2">
      {fix.label}
    </Link>
  )

/** Findings, each with its remedy; short ones leave the remedy to the list of the node. */
export const Findings = ({ findings, isShort = false, fixFor }: FindingsProps) => (
  <ul className="flex flex-col gap-1">
    {findings.map(({ id, severity, sentence, remedy }) => (
      <li key={`${id} ${sentence}`} className="min-w-0 text-xs">
        <Status name={severityLooks[severity]} className="items-start [&>svg]:mt-px">
          <span className="whitespace-normal">{visibleText(sentence)}</span>
        </Status>
        {isShort ? null : (
          <p className="pl-5 text-text-2">
            {visibleText(remedy)} <FixLink fix={fixFor?.(id) ?? null} />
          </p>
        )}
      </li>
    ))}
  </ul>
)
