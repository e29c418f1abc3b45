'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLeftForm } from '@/components/domain/use-kept-form'
import { Button } from '@/components/ui/button'
import type { Hold } from '@/lib/contract/holds'
import { createHoldFinder } from '@/lib/domain/holds/covering'
import { visibleText } from '@/lib/format/safe-text'
import { holdsQuery } from '@/lib/queries/holds'
import type { HoldDialogProps } from './hold-dialog'
import { HoldFacts } from './hold-facts'
import { targetWords } from './hold-form'
import { LazyHoldDialog } from './lazy-hold-dialog'
import { ReleaseButton } from './release-button'

type NodeHoldsProps = { clusterId: string; nodeName: string; poolName: string }
type Task = Pick<HoldDialogProps, 'targets' | 'before' | 'keptAs'>

const targetOf = ({ kind, name }: Hold) => ({ kind, names: [name] })

const useHoldsOf = ({ clusterId, nodeName, poolName }: NodeHoldsProps): Hold[] => {
  const { data } = useQuery(holdsQuery(clusterId))
  return createHoldFinder(data?.holds ?? [])({ nodeName, poolName })
}

/** What holds a node: its own hold and its pool's, each to be changed or released. */
export const NodeHolds = (props: NodeHoldsProps) => {
  const holds = useHoldsOf(props)
  const [task, setTask] = useState<Task | null>(null)
  return (
    <>
      {holds.map((hold) => (
        <HoldFacts
          key={hold.holdId}
          title={hold.kind === 'node' ? 'Held:' : `Pool ${visibleText(hold.name)} is held:`}
          hold={hold}
          actions={
            <>
              <ReleaseButton clusterId={props.clusterId} holdIds={[hold.holdId]} words={hold.kind === 'node' ? 'this node' : targetWords(targetOf(hold))} />
              <Button size="small" onClick={() => setTask({ targets: [targetOf(hold)], before: hold, keptAs: `hold.${props.clusterId}.change.${hold.holdId}` })}>
                Change…
              </Button>
            </>
          }
        />
      ))}
      {task ? <LazyHoldDialog clusterId={props.clusterId} {...task} onClose={() => setTask(null)} /> : null}
    </>
  )
}

/** Holds the node, or its pool where it has one that is not held; nothing where the node itself is held already. */
export const HoldNodeButton = (props: NodeHoldsProps) => {
  const { clusterId, nodeName, poolName } = props
  const keptAs = `hold.${clusterId}.${nodeName}`
  const left = useLeftForm(keptAs)
  const [isOpen, setIsOpen] = useState(left !== null)
  const held = new Set(useHoldsOf(props).map(({ kind }) => kind))
  const pool = poolName === '' || held.has('pool') ? [] : [{ kind: 'pool' as const, names: [poolName] }]
  return (
    <>
      {held.has('node') ? null : (
        <Button size="small" onClick={() => setIsOpen(true)}>
          Hold…
        </Button>
      )}
      {isOpen ? (
        <LazyHoldDialog
          clusterId={clusterId}
          keptAs={keptAs}
          targets={[{ kind: 'node', names: [nodeName] }, ...pool]}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </>
  )
}
