import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { counted } from '@/lib/format/plural'
import { NameList } from './name-list'
import { podsText } from './option-texts'
import { PlanLine } from './plan-line'
import { SentAs } from './send-as'
import type { Plan } from './use-plan'

type WhoMovesProps = { plan: Plan; onLeaveOut: (names: readonly string[]) => void }

const named = (items: readonly { node: { nodeName: string }; reason: string }[]) => items.map(({ node, reason }) => `${node.nodeName}: ${reason}`)

const Skips = ({ plan: { skips }, onLeaveOut }: WhoMovesProps) => {
  if (skips === null || skips.length === 0) return null
  return (
    <PlanLine status="skipped">
      {counted(skips.length, 'node')} of them would be skipped as things are now, and count as healthy all the same
      <NameList title="Which, and why" names={skips.map(({ nodeName, reason }) => `${nodeName}: ${reason}`)} />
      <Button size="small" className="mt-1" onClick={() => onLeaveOut(skips.map(({ nodeName }) => nodeName))}>
        Leave {skips.length === 1 ? 'it' : 'them'} out
      </Button>
    </PlanLine>
  )
}

/** The selection in four: what moves, what has nothing to do, what cannot, what is held. What is left out is named. */
export const WhoMoves = ({ plan, onLeaveOut }: WhoMovesProps) => {
  const { partition, facts, nodes, effects } = plan
  const { willMove, cannot, held, managed, gone } = partition
  const selected = willMove.length + cannot.length + held.length + managed.length + gone.length
  const rest = nodes.nodes.length - (willMove.length + cannot.length + held.length)
  const moved = effects.moved === null ? `with ${podsText(facts)}` : `for which ${counted(effects.moved.pods, 'pod')} of ${counted(effects.moved.workloads.length, 'workload')} are evicted`
  const done = [...managed.map((name) => `${name}: managed by Ocean already`), ...gone.map((name) => `${name}: Spot no longer lists it`)]
  return (
    <Card title="Who moves" aside={`of ${counted(selected, 'selected node')}`}>
      <ul className="divide-y divide-line">
        <PlanLine status="ready">
          {counted(willMove.length, 'node')} will move, {moved}
        </PlanLine>
        <Skips plan={plan} onLeaveOut={onLeaveOut} />
        {done.length > 0 ? (
          <PlanLine status="moved">
            {counted(done.length, 'node')}: nothing to do
            <NameList title="Which, and why" names={done} />
          </PlanLine>
        ) : null}
        {cannot.length > 0 ? (
          <PlanLine status="unable">
            {counted(cannot.length, 'node')} cannot move and {cannot.length === 1 ? 'is' : 'are'} left out
            <NameList title="Which, and why" names={named(cannot)} />
          </PlanLine>
        ) : null}
        {held.length > 0 ? (
          <PlanLine status="held">
            {counted(held.length, 'node')} held and left out
            <NameList title="Which, and why" names={named(held)} />
          </PlanLine>
        ) : null}
        {rest > 0 ? <PlanLine status="untouched">{counted(rest, 'node')} not selected</PlanLine> : null}
      </ul>
      <div className="mt-2 text-text-2">
        <SentAs plan={plan} />
      </div>
    </Card>
  )
}
