import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import type { MissingForecast, RehearsalSummary, StrandedForecast } from '@/lib/rehearsal/summary'
import { PlanLine } from '../plan-line'
import { inHowMany } from './at-risk'

const listClass = 'max-h-72 overflow-y-auto'

const Stranded = ({ row: { workload, pods, reason, wasPending, runs: seen }, runs }: { row: StrandedForecast; runs: number }) => (
  <PlanLine status={wasPending ? 'pending' : 'warning'} word={visibleText(workload)}>
    <span className="[overflow-wrap:anywhere]">
      {counted(pods, 'pod')} {inHowMany(seen, seen, runs)}
      {wasPending ? ', and pending now already' : ''}. {visibleText(reason)}
    </span>
  </PlanLine>
)

const Missing = ({ row: { sentence, nodes, runs: seen }, runs }: { row: MissingForecast; runs: number }) => (
  <PlanLine status="warning">
    <span className="[overflow-wrap:anywhere]">
      {visibleText(sentence)} {counted(nodes, 'node')} asked for in vain {inHowMany(seen, seen, runs)}.
    </span>
  </PlanLine>
)

/** Those that wait today stand last: the run does not make them wait. */
const inOrder = (rows: readonly StrandedForecast[]) => [...rows].sort((a, b) => Number(a.wasPending) - Number(b.wasPending))

type Part = { summary: RehearsalSummary }

/** Pods that have no node at the end. */
export const StrandedPods = ({ summary: { stranded, runs } }: Part) => (
  <div>
    <h3 className="font-medium">Pods that stay pending</h3>
    <ul tabIndex={0} aria-label="Pods that stay pending" className={listClass}>
      {stranded.some(({ wasPending }) => !wasPending) ? null : <PlanLine status="moved">{stranded.length === 0 ? 'None: every pod has a node in the end.' : 'None that has a node now.'}</PlanLine>}
      {inOrder(stranded).map((row) => (
        <Stranded key={`${row.workload} ${row.wasPending}`} row={row} runs={runs} />
      ))}
    </ul>
  </div>
)

/** Nodes that could not be had. */
export const MissingCapacity = ({ summary: { missing, runs } }: Part) => (
  <div>
    <h3 className="font-medium">Capacity that is missing</h3>
    <ul tabIndex={0} aria-label="Capacity that is missing" className={listClass}>
      {missing.length === 0 ? <PlanLine status="moved">None: every new node that is asked for comes.</PlanLine> : missing.map((row) => <Missing key={row.sentence} row={row} runs={runs} />)}
    </ul>
  </div>
)
