import { Card } from '@/components/ui/card'
import { Name } from '@/components/ui/name'
import { Fold } from '@/components/ui/paper'
import { Time } from '@/components/ui/time'
import { spotYieldOf, type GroupYield } from '@/lib/domain/outcome/yield'
import { lastPodsOf, type LandingLook, type LandingState } from '@/lib/domain/progress/landing'
import { isRunOver, type RunState } from '@/lib/domain/progress/state'
import { formatCount } from '@/lib/format/numbers'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import { kindWords, targetWords, unseenWords, yieldWords } from './ledger-words'

/** A run that Spot took back from its end has had a look at an end that was none. */
const lookWord = ({ batch, isLast }: Pick<LandingLook, 'batch' | 'isLast'>, isOver: boolean): string => {
  if (isLast) return isOver ? 'at the end of the run' : 'when Spot said that the run had ended'
  return batch === 0 ? 'before the first batch' : `after batch ${batch ?? 'not said'}`
}

const Group = ({ group }: { group: GroupYield }) => {
  const target = targetWords(group)
  return (
    <li className="py-1.5">
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
        {group.vngName ? <strong className="font-semibold break-words">{visibleText(group.vngName)}</strong> : null}
        {group.vngId ? <Name className="text-text-3">{group.vngId}</Name> : <span className="text-text-3">group not said</span>}
      </span>
      <span className="block">
        {kindWords(group)}
        {target === null ? null : <span className="text-text-2">; {target}</span>}
      </span>
      <span className="block text-xs text-text-2">
        {group.zones.length === 0 ? 'Zones not said' : `Zones ${group.zones.join(', ')}`}. {group.vmSizes.length === 0 ? 'Sizes not said' : visibleText(group.vmSizes.join(', '))}.
      </span>
    </li>
  )
}

const podWords = ({ pods }: LandingLook): string => {
  if (pods.state === 'not-connected') return 'Pods unknown: Kubernetes is not connected.'
  if (pods.state === 'failed') return `Pods unknown: ${pods.sentence}`
  const { onNew, onOld, elsewhere, pending, reasons } = pods
  const why = reasons.map(({ reason, pods: count }) => ` ${formatCount(count)}: ${reason}`).join('')
  return `Pods of the workloads on these nodes, counted in Kubernetes without stand-alone pods and daemon sets: ${formatCount(onNew)} on new nodes, ${formatCount(onOld)} on the run’s old nodes, ${formatCount(elsewhere)} elsewhere, ${formatCount(pending)} pending.${why}`
}

const Look = ({ look, isOver }: { look: LandingLook; isOver: boolean }) => (
  <li className="break-words">
    <Time atMs={look.atMs} show="second" /> {lookWord(look, isOver)}: {look.problem === null ? `${counted(look.newNodes, 'new node')}.` : visibleText(look.problem)} {visibleText(podWords(look))}
  </li>
)

const Places = ({ landing }: { landing: LandingState }) => {
  const seen = lastPodsOf(landing)
  if (seen === null || seen.places.length === 0) return null
  return (
    <Fold className="mt-2" summary="Where each workload runs now">
      <ul className="mt-1 flex flex-col gap-0.5 text-text-2">
        {seen.places.map(({ workload, onNew, onOld, elsewhere, pending }) => (
          <li key={workload} className="break-words">
            <span className="font-mono text-xs text-text">{visibleText(workload)}</span>: {formatCount(onNew)} on new nodes, {formatCount(onOld)} on old, {formatCount(elsewhere)} elsewhere, {formatCount(pending)} pending
          </li>
        ))}
        {seen.left > 0 ? <li>{counted(seen.left, 'more workload')} not recorded</li> : null}
      </ul>
    </Fold>
  )
}

/** The nodes that took over and where the pods are, as far as looks at the cluster have told. Nothing before the first look. */
export const LandingCard = ({ state }: { state: RunState }) => {
  const { landing } = state
  const isOver = isRunOver(state)
  const last = landing.looks.at(-1)
  if (last === undefined) return null
  const found = spotYieldOf(landing)
  const spot = found === null ? null : yieldWords(found)
  const unseen = found === null ? null : unseenWords(landing)
  return (
    <Card title="Landing" aside={`as seen ${lookWord(last, isOver)}`} className="mt-3">
      {found === null ? <p>New nodes unknown: {visibleText(last.problem ?? 'Spot’s list of nodes was not read.')}</p> : null}
      {unseen === null ? null : <p className="break-words">{visibleText(unseen)}</p>}
      {found?.nodes === 0 ? <p className="text-text-2">No new nodes seen yet in the pools of this run. Pods may also fit on nodes that are already there.</p> : null}
      {found !== null && found.nodes > 0 ? (
        <p>
          <strong className="font-semibold">{counted(found.nodes, 'new node')}</strong>: {kindWords(found)}
          {spot === null ? null : <>. {spot}</>}.
        </p>
      ) : null}
      <ul className="mt-1 divide-y divide-line">
        {found?.groups.map((group) => (
          <Group key={group.vngId ?? ''} group={group} />
        ))}
      </ul>
      {found !== null && found.others > 0 ? <p className="text-text-2">{counted(found.others, 'more node')} came meanwhile to pools that the run does not name, perhaps for another reason.</p> : null}
      <p className="mt-2 break-words text-text-2">{visibleText(podWords(last))}</p>
      <Places landing={landing} />
      <Fold className="mt-2" summary={`${counted(landing.looks.length, 'look')} at the cluster`}>
        <ul className="mt-1 flex flex-col gap-0.5 text-text-2">
          {landing.looks.map((look) => (
            <Look key={look.atMs} look={look} isOver={isOver} />
          ))}
        </ul>
        <p className="mt-1 text-xs text-text-3">One look after each batch. What came and went between two looks is not known.</p>
      </Fold>
    </Card>
  )
}
