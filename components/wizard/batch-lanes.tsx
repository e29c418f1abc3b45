import { Name } from '@/components/ui/name'
import { StatusGlyph } from '@/components/ui/status'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import type { Overdraft } from '@/lib/domain/batches/budget-load'
import type { PlannedBatch } from '@/lib/domain/batches/compose'
import { podsOn, type PlanNode } from '@/lib/domain/plan/partition'
import { counted } from '@/lib/format/plural'

/** More cells than this in a lane say nothing; the lane becomes one bar of the same length. */
const mostCells = 48

const Cells = ({ nodes }: { nodes: readonly PlanNode[] }) =>
  nodes.length > mostCells ? (
    <span className="h-3.5 flex-1 rounded-sm bg-accent" />
  ) : (
    nodes.map(({ nodeName, readiness }) => (
      <span key={nodeName} title={nodeName} className={`h-3.5 w-3.5 rounded-sm ${readiness === 'ready' ? 'bg-accent' : 'bg-moving'}`} />
    ))
  )

const Lane = ({ batch, isOverdrawn }: { batch: PlannedBatch<PlanNode>; isOverdrawn: boolean }) => {
  const { pods, unknownNodes } = podsOn(batch.nodes)
  return (
    <li>
      <details>
        <summary className="grid cursor-default grid-cols-[92px_1fr] sm:grid-cols-[92px_1fr_auto] items-center gap-3 py-1">
          <span className="flex items-center gap-1.5">
            Batch {batch.number}
            {isOverdrawn ? (
              <span title="Overdraws a budget">
                <StatusGlyph name="warning" />
                <VisuallyHidden>overdraws a budget</VisuallyHidden>
              </span>
            ) : null}
          </span>
          <span aria-hidden className="flex min-w-0 flex-wrap gap-0.5">
            <Cells nodes={batch.nodes} />
          </span>
          <span className="col-start-2 text-text-2 sm:col-start-3">
            {counted(batch.nodes.length, 'node')}, {unknownNodes > 0 ? 'pods not counted' : counted(pods, 'pod')}
          </span>
        </summary>
        <ul className="grid gap-x-6 py-1 pl-[104px] text-text-2 sm:grid-cols-2">
          {batch.nodes.map(({ nodeName }) => (
            <li key={nodeName} className="truncate">
              <Name>{nodeName}</Name>
            </li>
          ))}
        </ul>
      </details>
    </li>
  )
}

/** The batches as lanes, node by node; a lane opens to its names. */
export const BatchLanes = ({ batches, overdrafts }: { batches: readonly PlannedBatch<PlanNode>[]; overdrafts: readonly Overdraft[] }) => {
  const overdrawn = new Set(overdrafts.map(({ batch }) => batch))
  return (
    <ol className="max-h-[420px] overflow-y-auto">
      {batches.map((batch) => (
        <Lane key={batch.number} batch={batch} isOverdrawn={overdrawn.has(batch.number)} />
      ))}
    </ol>
  )
}
