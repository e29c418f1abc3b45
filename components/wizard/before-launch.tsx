import { Card } from '@/components/ui/card'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import type { Check, CheckState } from './check'
import { checkLooks } from './checks'
import { PlanLine } from './plan-line'

const summaryOf = (checks: readonly Check[]): string => {
  const count = (state: CheckState) => checks.filter((check) => check.state === state).length
  const parts = [...(count('blocker') > 0 ? [counted(count('blocker'), 'blocker')] : []), ...(count('warning') > 0 ? [counted(count('warning'), 'warning')] : []), ...(count('not-read') > 0 ? [`${count('not-read')} not read`] : [])]
  return parts.length === 0 ? 'all well' : parts.join(', ')
}

/** What could get in the way, each with what to do about it. */
export const BeforeLaunch = ({ checks }: { checks: readonly Check[] }) => (
  <Card title="Before you launch" aside={summaryOf(checks)}>
    <ul className="divide-y divide-line">
      {checks.map(({ id, title, state, sentence, remedy }) => (
        <PlanLine key={id} status={checkLooks[state].status} word={state === 'ok' ? title : `${title} (${checkLooks[state].word.toLowerCase()})`}>
          {visibleText(sentence)}
          {remedy === null ? null : <span className="block text-xs text-text-2">{remedy}</span>}
        </PlanLine>
      ))}
    </ul>
  </Card>
)
