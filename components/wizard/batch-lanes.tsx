import { Name } from '@/components/ui/name'
import { StatusGlyph } from '@/components/ui/status'
import { VisuallyHidden } from '@/components/ui/visually-hidden'
import type { Overdraft } from '@/lib/domain/batches/budget-load'
import type { PlannedBatch } from '@/lib/domain/batches/compose'
import type { ExpectedSkip } from '@/lib/domain/plan/effects'
import { podsOn, type PlanNode } from '@/lib/domain/plan/partition'
import { counted } from '@/lib/format/plural'

/** More cells than this in a lane say nothing; lanes become bars whose lengths compare. */
const mostCells = 48

type Look = 'ready' | 'needs-validation' | 'skipped'
const fills: Record<Look, string> = { ready: 'bg-accent', 'needs-validation': 'bg-moving', skipped: 'bg-skipped' }
const words: Record<Look, string> = { ready: 'ready', 'needs-validation': 'needs validation', skipped: 'would be skipped now' }

const lookOf = ({ nodeName, readiness }: PlanNode, skipped: ReadonlySet<string>): Look => (skipped.has(nodeName) ? 'skipped' : readiness === 'ready' ? 'ready' : 'needs-validation')

type CellsProps = { nodes: readonly PlanNode[]; skipped: ReadonlySet<string>; largest: number }

const Cells = ({ nodes, skipped, largest }: CellsProps) =>
  largest > mostCells ? (
    <span className="h-3.5 rounded-sm bg-accent" style={{ width: `${(100 * nodes.length) / largest}%` }} />
  ) : (
    nodes.map((node) => {
      const look = lookOf(node, skipped)
      return <span key={node.nodeName} title={`${node.nodeName}: ${words[look]}`} className={`h-3.5 w-3.5 rounded-sm ${fills[look]}`} />
    })
  )

type LaneProps = { batch: PlannedBatch<PlanNode>; skipped: ReadonlySet<string>; isOverdrawn: boolean; largest: number }

const Lane = ({ batch, skipped, isOverdrawn, largest }: LaneProps) => {
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
            <Cells nodes={batch.nodes} skipped={skipped} largest={largest} />
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

/** What the colours of the cells mean, once there is more than one. */
const Legend = ({ nodes, skipped }: { nodes: readonly PlanNode[]; skipped: ReadonlySet<string> }) => {
  const looks = new Set(nodes.map((node) => lookOf(node, skipped)))
  if (looks.size < 2) return null
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 text-xs text-text-2">
      {(['ready', 'needs-validation', 'skipped'] as const)
        .filter((look) => looks.has(look))
        .map((look) => (
          <li key={look} className="flex items-center gap-1.5">
            <StatusGlyph name={look} />
            <span aria-hidden className={`h-3 w-3 rounded-sm ${fills[look]}`} />
            {words[look]}
          </li>
        ))}
    </ul>
  )
}

type BatchLanesProps = { batches: readonly PlannedBatch<PlanNode>[]; overdrafts: readonly Overdraft[]; skips: readonly ExpectedSkip[] }

/** The batches as lanes, node by node; a lane opens to its names. */
export const BatchLanes = ({ batches, overdrafts, skips }: BatchLanesProps) => {
  const overdrawn = new Set(overdrafts.map(({ batch }) => batch))
  const skipped = new Set(skips.map(({ nodeName }) => nodeName))
  const largest = Math.max(0, ...batches.map(({ nodes }) => nodes.length))
  return (
    <>
      <ol className="max-h-[420px] overflow-y-auto">
        {batches.map((batch) => (
          <Lane key={batch.number} batch={batch} skipped={skipped} isOverdrawn={overdrawn.has(batch.number)} largest={largest} />
        ))}
      </ol>
      {largest > mostCells ? null : <Legend nodes={batches.flatMap(({ nodes }) => nodes)} skipped={skipped} />}
    </>
  )
}
