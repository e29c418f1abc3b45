import { RunStatusBadge } from '@/components/domain/badges'
import { OutcomeBar, OutcomeLegend } from '@/components/domain/outcome-bar'
import type { OutcomeCounts } from '@/lib/domain/outcome/counts'
import { visibleText } from '@/lib/format/safe-text'
import type { RehearsalSummary } from '@/lib/rehearsal/summary'
import { inHowMany } from './at-risk'

/** The median of each; they need not add up, and what is left over is not drawn. */
const countsOf = ({ counts, nodes }: RehearsalSummary): OutcomeCounts => ({ total: nodes.length, ...counts, moving: 0, toGo: 0, unknown: 0 })

/** How the run ends, why, and what has become of the nodes by then. */
export const Endings = ({ summary }: { summary: RehearsalSummary }) => {
  const counts = countsOf(summary)
  return (
    <>
      <ul className="grid gap-1">
        {summary.statuses.map(({ status, runs, causes }) => (
          <li key={status}>
            <RunStatusBadge status={status} counts={summary.statuses.length === 1 ? counts : undefined} /> <span className="text-text-2">{inHowMany(runs, runs, summary.runs)}</span>
            {causes.map((cause) => (
              <p key={cause} className="pl-5 [overflow-wrap:anywhere] text-text-2">
                {visibleText(cause)}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <OutcomeBar counts={counts} size="page" className="mt-3 mb-2" />
      <OutcomeLegend counts={counts} />
    </>
  )
}
