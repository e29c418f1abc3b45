'use client'

import { NodeStatusBadge } from '@/components/domain/badges'
import { Drawer } from '@/components/ui/dialog'
import { FactList } from '@/components/ui/fact-list'
import { Name } from '@/components/ui/name'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { counted } from '@/lib/format/plural'
import { visibleText } from '@/lib/format/safe-text'
import type { LogFacts } from '@/lib/domain/progress/change'
import { batchText, type RunNode } from './node-rows'

type NodeDrawerProps = { node: RunNode | null; log: readonly LogFacts[]; onClose: () => void }

const podsTitle = ({ podsLeft, runningPods }: RunNode): string => {
  if (podsLeft === null) return 'Pods left: not said'
  return podsLeft === 0 && runningPods !== null && runningPods > 0 ? `No pods left; ${counted(runningPods, 'pod')} by Spot’s last count` : `${counted(podsLeft, 'pod')} left`
}

const Pods = ({ node, node: { podNames, runningPods } }: { node: RunNode }) => (
  <section>
    <h3 className="font-semibold">{podsTitle(node)}</h3>
    {podNames.length === 0 && runningPods ? <p className="text-text-2">Spot counts them and does not name them.</p> : null}
    <ul className="mt-1 flex flex-col">
      {podNames.map((name, index) => (
        <li key={`${name}-${index}`} className="truncate">
          <Name>{name}</Name>
        </li>
      ))}
    </ul>
  </section>
)

const LogLines = ({ nodeName, log }: { nodeName: string; log: readonly LogFacts[] }) => {
  const lines = log.filter(({ message }) => message.includes(nodeName))
  if (lines.length === 0) return null
  return (
    <section>
      <h3 className="font-semibold">Log lines that name it</h3>
      <ul className="mt-1 flex flex-col gap-1">
        {lines.map(({ loggedAtMs, message }, index) => (
          <li key={index} className="break-words text-text-2">
            {loggedAtMs === null ? null : <Time atMs={loggedAtMs} show="second" isFocusable={false} />} {visibleText(message)}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A time that is exact to one reading, or what is known of one that fell into a gap. */
const Seen = ({ afterMs, atMs }: { afterMs: number | undefined; atMs: number }) =>
  afterMs === undefined ? (
    <Time atMs={atMs} show="second" />
  ) : (
    <>
      between <Time atMs={afterMs} show="second" /> and <Time atMs={atMs} show="second" />, in a gap of the record
    </>
  )

const settledText = ({ endedAtMs, endedAfterMs, wasSettledAtFirst, hasNoEnd }: RunNode) => {
  if (endedAtMs === null) return hasNoEnd ? 'not seen' : 'not yet'
  return wasSettledAtFirst ? <>at the latest <Time atMs={endedAtMs} show="second" /></> : <Seen afterMs={endedAfterMs} atMs={endedAtMs} />
}

/** One node of the run: what became of it, why, and what to do. */
export const NodeDrawer = ({ node, log, onClose }: NodeDrawerProps) => (
  <Drawer isOpen={node !== null} onClose={onClose} title={node ? <Name className="text-sm">{node.nodeName}</Name> : ''}>
    {node === null ? null : (
      <div className="flex flex-col gap-4">
        <NodeStatusBadge status={node.status} isVanished={node.isVanished} hasNoEnd={node.hasNoEnd} />
        {node.why ? (
          <Notice tone={node.outcome === 'failed' ? 'error' : 'warning'} title={node.said === null ? node.why.sentence : visibleText(node.said)}>
            {node.why.remedy}
          </Notice>
        ) : null}
        <FactList
          facts={[
            { name: 'Pool', value: <Name>{node.poolName}</Name> },
            { name: 'Batch', value: batchText(node) },
            { name: 'Lands on', value: node.vngName ? visibleText(node.vngName) : (node.vngId ?? 'not said') },
            { name: 'Seen in progress', value: node.startedAtMs === null || node.startedAtMs === node.endedAtMs ? 'not seen' : <Seen afterMs={node.startedAfterMs} atMs={node.startedAtMs} /> },
            { name: 'Seen settled', value: settledText(node) },
          ]}
        />
        <Pods node={node} />
        <LogLines nodeName={node.nodeName} log={log} />
      </div>
    )}
  </Drawer>
)
