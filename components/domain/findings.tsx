import { Status, type StatusName } from '@/components/ui/status'
import { visibleText } from '@/lib/format/safe-text'
import type { Finding, Severity } from '@/lib/domain/readiness/finding'

export const severityLooks: Record<Severity, StatusName> = { blocker: 'failed', warning: 'warning', note: 'pending' }

/** Findings, each with its remedy; short ones leave the remedy to the list of the node. */
export const Findings = ({ findings, isShort = false }: { findings: readonly Finding[]; isShort?: boolean }) => (
  <ul className="flex flex-col gap-1">
    {findings.map(({ id, severity, sentence, remedy }) => (
      <li key={`${id} ${sentence}`} className="min-w-0 text-xs">
        <Status name={severityLooks[severity]}>
          <span className="whitespace-normal">{visibleText(sentence)}</span>
        </Status>
        {isShort ? null : <p className="pl-5 text-text-2">{visibleText(remedy)}</p>}
      </li>
    ))}
  </ul>
)
