import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import type { MissingForecast, RehearsalSummary, StrandedForecast } from '@/lib/rehearsal/summary'
import { PlanLine } from '../plan-line'
import { inHowMany } from './at-risk'

const listClass = 'max-h-72 overflow-y-auto'

const Stranded = ({ row: { workload, pods, reason, wasPending, runs: seen }, runs }: { row: StrandedForecast; runs: number }) => (
  <PlanLine status="warning" word={visibleText(workload)}>
    <span className="[overflow-wrap:anywhere]">
      {counted(pods, 'pod')} {inHowMany(seen, seen, runs)}
      {wasPending ? ', pending before the run already' : ''}. {visibleText(reason)}
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

/** Pods that are left without a node at the end, and nodes that could not be had. */
export const Shortfalls = ({ summary: { stranded, missing, runs } }: { summary: RehearsalSummary }) => (
  <>
    <h3 className="mt-3 font-medium">Pods that stay pending</h3>
    <ul className={listClass}>
      {stranded.length === 0 ? <PlanLine status="moved">None: every pod has a node in the end.</PlanLine> : stranded.map((row) => <Stranded key={`${row.workload} ${row.wasPending}`} row={row} runs={runs} />)}
    </ul>
    <h3 className="mt-3 font-medium">Capacity that is missing</h3>
    <ul className={listClass}>
      {missing.length === 0 ? <PlanLine status="moved">None: every new node that is asked for comes.</PlanLine> : missing.map((row) => <Missing key={row.sentence} row={row} runs={runs} />)}
    </ul>
  </>
)
